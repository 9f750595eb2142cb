using System.Text;

namespace Chatbot.Html;

/// <summary>What a page is called, without the name of its site.</summary>
internal static class PageTitle
{
    private static readonly string[] Separators = [" | ", " – ", " — ", " - ", " :: ", " · ", " » ", " › ", " < ", " « "];

    /// <param name="headings">The page's first-level headings, in document order.</param>
    public static string? Find(DocumentReader read, IReadOnlyList<string> headings, Uri url)
    {
        var site = InlineText.Collapse(read.Meta("og:site_name", "application-name") ?? "");
        var element = InlineText.Collapse(read.TitleElement ?? "");
        var shared = WithoutSite(InlineText.Collapse(read.Meta("og:title", "twitter:title") ?? ""), site, url, headings);
        // The one heading that the other names confirm is how a reader knows the page.
        foreach (var heading in headings)
            if (Confirms(element, heading) || Confirms(shared, heading)) return heading;

        if (shared.Length > 0) return shared;
        if (element.Length > 0) return WithoutSite(element, site, url, headings);
        return headings.Count > 0 ? headings[0] : null;
    }

    /// <summary>Whether two titles are the same to a reader.</summary>
    public static bool Same(string one, string other) => Key(one) == Key(other);

    private static bool Confirms(string title, string heading) => heading.Length > 2 && Key(title).StartsWith(Key(heading), StringComparison.Ordinal);

    private static string WithoutSite(string title, string site, Uri url, IReadOnlyList<string> headings)
    {
        foreach (var separator in Separators)
        {
            var at = title.LastIndexOf(separator, StringComparison.Ordinal);
            if (at <= 0) continue;
            var (front, back) = (title[..at].Trim(), title[(at + separator.Length)..].Trim());
            if (IsSite(back, site, url)) return front;
            if (IsSite(front, site, url) && separator != " - ") return back;
            // A bar divides page and site; a dash may be part of the title, unless a heading says where it ends.
            if (headings.Any(h => Same(h, front))) return front;
            if (separator is " | " or " :: " or " · " && front.Length >= back.Length) return front;
        }

        return title;
    }

    private static bool IsSite(string part, string site, Uri url)
    {
        var key = Key(part);
        if (key.Length == 0) return true;
        if (site.Length > 0 && key == Key(site)) return true;
        return key.Length >= 4 && Key(url.Host).Contains(key, StringComparison.Ordinal);
    }

    private static string Key(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var c in text)
            if (char.IsLetterOrDigit(c)) key.Append(char.ToLowerInvariant(c));
        return key.ToString();
    }
}
