namespace Chatbot.Html;

/// <summary>Finds what a page links to, in document order and once each.</summary>
internal sealed class LinkCollector(Uri baseUrl)
{
    private readonly Dictionary<string, int> places = [];
    private readonly List<HtmlLink> links = [];
    private readonly List<HtmlAlternate> alternates = [];
    private readonly List<string> feeds = [];

    public IReadOnlyList<HtmlLink> Links => links;

    public IReadOnlyList<HtmlAlternate> Alternates => alternates;

    public IReadOnlyList<string> Feeds => feeds;

    public string? Canonical { get; private set; }

    /// <summary>Adds a link that stands in no element of its own.</summary>
    /// <returns>Where it leads; null for what is not http(s).</returns>
    public string? Add(string reference)
    {
        var url = Resolve(baseUrl, reference);
        if (url is not null) Add(reference, false);
        return url;
    }

    public void Visit(Node element)
    {
        switch (element.Name)
        {
            case "a" or "area":
                Add(element.Attribute("href"), HasWord(element.Attribute("rel"), "nofollow"));
                break;
            case "iframe" or "frame" or "embed":
                Add(element.Attribute("src"), false);
                break;
            case "object":
                Add(element.Attribute("data"), false);
                break;
            case "link":
                VisitLink(element);
                break;
        }
    }

    /// <returns>Null for what is not http(s) or not a URL.</returns>
    public static string? Resolve(Uri baseUrl, string? reference)
    {
        // A data: URL may have megabytes; no fetched URL has more than a few thousand characters.
        if (string.IsNullOrWhiteSpace(reference) || reference.Length > 8_000) return null;
        var trimmed = reference.AsSpan().Trim(" \t\r\n\f");
        if (trimmed.IsEmpty || trimmed[0] == '#') return null;
        if (!Uri.TryCreate(baseUrl, RemoveLineBreaks(trimmed), out var url)) return null;
        if (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps) return null;
        return url.GetLeftPart(UriPartial.Query);
    }

    // Browsers drop tabs and line breaks inside of a URL.
    private static string RemoveLineBreaks(ReadOnlySpan<char> text) => text.ContainsAny("\t\r\n")
        ? text.ToString().Replace("\t", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal)
        : text.ToString();

    private static bool HasWord(string? attribute, string word)
    {
        if (attribute is null) return false;
        foreach (var part in attribute.AsSpan().SplitAny(' ', '\t', '\n', '\r', '\f'))
            if (attribute.AsSpan(part).Equals(word, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static bool IsFeed(string? type) =>
        type is not null && (type.Contains("rss+xml", StringComparison.OrdinalIgnoreCase) || type.Contains("atom+xml", StringComparison.OrdinalIgnoreCase));

    private void VisitLink(Node element)
    {
        var rel = element.Attribute("rel");
        if (HasWord(rel, "canonical")) Canonical ??= Resolve(baseUrl, element.Attribute("href"));
        if (HasWord(rel, "next") || HasWord(rel, "prev")) Add(element.Attribute("href"), false);
        if (!HasWord(rel, "alternate")) return;
        if (IsFeed(element.Attribute("type")) && Resolve(baseUrl, element.Attribute("href")) is { } feed && !feeds.Contains(feed)) feeds.Add(feed);
        if (element.Attribute("hreflang") is not { Length: > 0 } language) return;
        if (Resolve(baseUrl, element.Attribute("href")) is not { } url) return;
        alternates.Add(new(url, language));
        Add(url, false);
    }

    private void Add(string? reference, bool noFollow)
    {
        if (Resolve(baseUrl, reference) is not { } url) return;
        if (places.TryAdd(url, links.Count)) links.Add(new(url, noFollow));
        // One link that may be followed is enough.
        else if (!noFollow && links[places[url]].NoFollow) links[places[url]] = new(url, false);
    }
}
