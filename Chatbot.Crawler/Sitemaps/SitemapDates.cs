using System.Globalization;

namespace Chatbot.Crawler.Sitemaps;

/// <summary>Reads the dates of sitemaps (W3C: a year, a month, a day or a time) and of feeds (RFC 822, RFC 3339).</summary>
internal static class SitemapDates
{
    private static readonly string[] s_partial = ["yyyy", "yyyy-MM", "yyyyMMdd"];

    /// <returns>Null for what is no date. Without a zone it is taken for UTC.</returns>
    public static DateTimeOffset? Read(string? text)
    {
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces;
        if (string.IsNullOrWhiteSpace(text) || text.Length > 64)
            return null;

        text = text.Trim();
        if (DateTimeOffset.TryParseExact(text, s_partial, CultureInfo.InvariantCulture, Styles, out var partial))
            return partial;
        // The zones that RFC 822 names: of these only the universal ones are still written.
        if (text.EndsWith(" UT", StringComparison.Ordinal) || text.EndsWith(" UTC", StringComparison.Ordinal))
            text = text[..text.LastIndexOf(' ')] + " GMT";

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Styles, out var time) ? time : null;
    }
}
