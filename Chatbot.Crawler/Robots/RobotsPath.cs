using System.Buffers;
using System.Text;

namespace Chatbot.Crawler.Robots;

/// <summary>
/// Brings paths of rules and of URLs into one spelling, so that they can be compared octet by octet (RFC 9309, 2.2.2):
/// other than ASCII is percent-encoded, encoded unreserved characters are plain, hexadecimal digits are upper case.
/// </summary>
internal static class RobotsPath
{
    private static readonly SearchValues<char> s_pathStart = SearchValues.Create("/?;");

    /// <summary>Path and query of a URL, always starting with a slash; scheme, host, port, user and fragment play no part.</summary>
    public static string OfUrl(string url)
    {
        var rest = url.AsSpan();
        if (rest.IndexOf('#') is >= 0 and var fragment)
            rest = rest[..fragment];

        var scheme = rest.IndexOf("://", StringComparison.Ordinal);
        // A "://" behind the first slash belongs to the path or the query.
        if (scheme >= 0 && rest[..scheme].IndexOfAny(s_pathStart) < 0)
            rest = rest[(scheme + 3)..];
        else if (rest.StartsWith("//", StringComparison.Ordinal))
            rest = rest[2..];

        var start = rest.IndexOfAny(s_pathStart);
        if (start < 0)
            return "/";

        var path = Normalize(Encoding.UTF8.GetBytes(rest[start..].ToString()), isPattern: false);
        return path[0] == '/' ? path : "/" + path;
    }

    /// <summary>The one spelling of some octets.</summary>
    /// <param name="isPattern">
    /// In a rule * and $ are signs; in a URL they are characters, and are then written as %2A and %24, which a rule can say too.
    /// </param>
    public static string Normalize(ReadOnlySpan<byte> octets, bool isPattern)
    {
        var text = new StringBuilder(octets.Length + 16);
        for (var i = 0; i < octets.Length; i++)
        {
            var octet = octets[i];
            if (octet == '%' && i + 2 < octets.Length && IsHex(octets[i + 1]) && IsHex(octets[i + 2]))
            {
                var decoded = (byte)((HexValue(octets[i + 1]) << 4) | HexValue(octets[i + 2]));
                if (IsUnreserved(decoded))
                    text.Append((char)decoded);
                else
                    AppendEncoded(text, decoded);

                i += 2;
            }
            else if (octet >= 0x80 || (!isPattern && octet is (byte)'*' or (byte)'$'))
            {
                AppendEncoded(text, octet);
            }
            else
            {
                text.Append((char)octet);
            }
        }

        return text.ToString();
    }

    private static void AppendEncoded(StringBuilder text, byte octet) =>
        text.Append('%').Append("0123456789ABCDEF"[octet >> 4]).Append("0123456789ABCDEF"[octet & 15]);

    private static bool IsUnreserved(byte octet) =>
        char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~';

    private static bool IsHex(byte octet) => char.IsAsciiHexDigit((char)octet);

    private static int HexValue(byte octet) => octet <= '9' ? octet - '0' : (octet | 0x20) - 'a' + 10;
}
