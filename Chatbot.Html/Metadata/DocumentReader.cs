using Chatbot.Core.Extractions;

namespace Chatbot.Html;

/// <summary>What a page says about itself and where it leads, read in one walk.</summary>
internal sealed class DocumentReader
{
    private readonly Dictionary<string, string> metas = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> structuredData = [];

    private DocumentReader(Uri url, Uri baseUrl)
    {
        Url = url;
        Links = new(baseUrl);
    }

    /// <summary>Where the page was found.</summary>
    public Uri Url { get; }

    /// <summary>What the page says its links are relative to, as it stands; null when it does not.</summary>
    public string? DeclaredBase { get; private init; }

    public RobotsDirectives Robots { get; private set; } = RobotsDirectives.None;

    /// <summary>Where a <c>meta http-equiv=refresh</c> leads that is not only for browsers without scripts.</summary>
    public HtmlRefresh? Refresh { get; private set; }

    public LinkCollector Links { get; }

    public string? DeclaredLanguage { get; private set; }

    /// <summary>Content of the <c>title</c> element, as it stands.</summary>
    public string? TitleElement { get; private set; }

    /// <summary>An element of the page is marked as schema.org's article body.</summary>
    public bool DeclaresArticleBody { get; private set; }

    /// <summary>The text of each <c>application/ld+json</c> script.</summary>
    public IReadOnlyList<string> StructuredData => structuredData;

    public static DocumentReader Read(Node root, Uri url, out Uri baseUrl)
    {
        var nodes = root.DescendantsAndSelf();
        var declared = BaseOf(root);
        baseUrl = BaseUrl(declared, url);
        var reader = new DocumentReader(url, baseUrl) { DeclaredBase = declared };
        foreach (var node in nodes)
            if (!node.IsText) reader.Visit(node);
        return reader;
    }

    /// <returns>Content of the first of these names or properties that is not blank; null when there is none.</returns>
    public string? Meta(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (metas.TryGetValue(name, out var content)) return content;
        return null;
    }

    private static string? BaseOf(Node root)
    {
        var head = root.Children.Find(n => n.Name == "html")?.Children.Find(n => n.Name == "head");
        return head?.Children.Find(n => n.Name == "base" && n.Has("href"))?.Attribute("href")?.Trim() is { Length: > 0 and <= LinkTarget.Longest } href ? href : null;
    }

    private static Uri BaseUrl(string? declared, Uri url) =>
        declared is not null && Uri.TryCreate(url, declared, out var found) && found.Scheme is "http" or "https" ? found : url;

    private void Visit(Node element)
    {
        Links.Visit(element);
        DeclaresArticleBody |= element.Attribute("itemprop")?.Contains("articleBody", StringComparison.OrdinalIgnoreCase) == true;
        switch (element.Name)
        {
            case "html":
                DeclaredLanguage ??= element.Attribute("lang") ?? element.Attribute("xml:lang");
                break;
            case "title" when TitleElement is null && element.Parent?.Name == "head":
                TitleElement = string.Concat(element.Children.Select(c => c.Text));
                break;
            case "script" when element.Attribute("type")?.StartsWith("application/ld+json", StringComparison.OrdinalIgnoreCase) == true:
                structuredData.Add(string.Concat(element.Children.Select(c => c.Text)));
                break;
            case "meta":
                VisitMeta(element);
                break;
        }
    }

    private void VisitMeta(Node element)
    {
        if (element.Attribute("content") is not { } content || string.IsNullOrWhiteSpace(content)) return;
        var name = element.Attribute("name") ?? element.Attribute("property") ?? element.Attribute("http-equiv") ?? element.Attribute("itemprop");
        if (name is null) return;
        if (name.Equals("refresh", StringComparison.OrdinalIgnoreCase) && element.Has("http-equiv") && !element.IsInside(n => n.Name == "noscript"))
            Refresh ??= RefreshReader.Read(content, Links);
        if (name.Equals("robots", StringComparison.OrdinalIgnoreCase)) Robots = Robots.And(RobotsDirectives.Parse(content));
        metas.TryAdd(name, content);
    }
}
