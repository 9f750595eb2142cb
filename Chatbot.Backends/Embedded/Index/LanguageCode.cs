namespace Chatbot.Backends.Embedded.Index;

/// <summary>Two-letter language codes in two bytes.</summary>
internal static class LanguageCode
{
    public static ushort Pack(string? language) =>
        language is [var a, var b, ..] && char.IsAsciiLetter(a) && char.IsAsciiLetter(b)
            ? (ushort)((char.ToLowerInvariant(a) << 8) | char.ToLowerInvariant(b))
            : (ushort)0;

    public static string? Unpack(ushort packed) => packed == 0 ? null : string.Create(2, packed, static (span, value) =>
    {
        span[0] = (char)(value >> 8);
        span[1] = (char)(value & 0xFF);
    });
}
