using System.Security.Cryptography;

namespace Chatbot.Core;

/// <summary>The two kinds of id: made (UUIDv7) and derived (from content).</summary>
public static class Ids
{
    /// <summary>A new UUIDv7 in its 36-character form; sorts by the time it was made.</summary>
    public static string New() => Guid.CreateVersion7().ToString();

    /// <summary>An id that follows from its parts alone, so that the same thing made twice has one id. UUID form (version 8).</summary>
    public static string Derive(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(part);
            // The length goes in too: ("ab","c") and ("a","bc") are different things.
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        digest[6] = (byte)((digest[6] & 0x0F) | 0x80);
        digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
        return new Guid(digest[..16], bigEndian: true).ToString();
    }

    /// <summary>SHA-256 as 64 lower-case hexadecimal digits.</summary>
    public static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>SHA-256 of the UTF-8 form, as 64 lower-case hexadecimal digits.</summary>
    public static string Hash(string text) => Hash(System.Text.Encoding.UTF8.GetBytes(text));
}
