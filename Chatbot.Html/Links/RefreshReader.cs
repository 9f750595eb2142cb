using System.Globalization;
using System.Text.RegularExpressions;

namespace Chatbot.Html;

/// <summary>Reads <c>5; url=/there</c> as browsers do (HTML standard, "shared declarative refresh steps").</summary>
internal static partial class RefreshReader
{
    /// <returns>Null for a page that only loads itself again, or leads nowhere.</returns>
    public static HtmlRefresh? Read(string content, LinkCollector links)
    {
        if (Form().Match(content) is not { Success: true } match) return null;
        var reference = match.Groups["url"].Value.Trim();
        if (reference.Length > 0 && reference[0] is '"' or '\'')
        {
            var end = reference.IndexOf(reference[0], 1);
            reference = end < 0 ? reference[1..] : reference[1..end];
        }

        if (reference.Length == 0 || links.Add(reference) is not { } url) return null;
        var seconds = int.TryParse(match.Groups["seconds"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        return new(url, TimeSpan.FromSeconds(seconds));
    }

    [GeneratedRegex(@"^\s*(?<seconds>[0-9]+)?[0-9.]*\s*[;,\s]\s*(?:url\s*=\s*)?(?<url>.*)$", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
