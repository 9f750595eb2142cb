using System.Text;
using System.Text.RegularExpressions;

namespace Chatbot.Html;

/// <summary>Finds what a page says of its own encoding.</summary>
internal static partial class MetaCharset
{
    /// <summary>Bytes of the page looked at, as the HTML standard has it.</summary>
    public const int PrescanLength = 1024;

    public static Encoding? Find(ReadOnlySpan<byte> start)
    {
        var text = Comment().Replace(Encoding.Latin1.GetString(start), "");
        foreach (Match meta in MetaTag().Matches(text))
        {
            var charset = Charset().Match(meta.Value);
            if (!charset.Success || CharsetLabels.Resolve(charset.Groups[1].Value) is not { } encoding) continue;
            // It was read as ASCII, so it cannot be UTF-16.
            return encoding.CodePage is 1200 or 1201 ? Encoding.UTF8 : encoding;
        }

        var declaration = XmlDeclaration().Match(text);
        return declaration.Success ? CharsetLabels.Resolve(declaration.Groups[1].Value) : null;
    }

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex("<meta[\\s/][^>]*>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MetaTag();

    [GeneratedRegex("charset\\s*=\\s*[\"']?\\s*([^\\s\"'/>;]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Charset();

    [GeneratedRegex("^\\s*<\\?xml[^>]*encoding\\s*=\\s*[\"']([^\"']+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex XmlDeclaration();
}
