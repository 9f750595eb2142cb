namespace Chatbot.Html;

/// <param name="Parts">The elements that hold the content, in document order.</param>
internal sealed record FoundContent(IReadOnlyList<Node> Parts, PageKind Kind);

/// <summary>Finds where on a page its content is, and marks what in there is none.</summary>
internal sealed class ContentFinder
{
    private readonly Node body;
    private readonly List<Node> nodes;
    private readonly HashSet<Node> hidden = [];

    private ContentFinder(Node root)
    {
        body = root.Find("body") ?? root;
        nodes = body.DescendantsAndSelf().ToList();
    }

    public static FoundContent Find(Node root, PageKind declared) => new ContentFinder(root).Find(declared);

    private FoundContent Find(PageKind declared)
    {
        MarkHidden();
        if (declared == PageKind.Article && FindArticle(MayLeave) is { } article) return new(article, PageKind.Article);

        Mark(PageKind.Page);
        if (declared == PageKind.Page && HoldsAnArticle() && FindArticle(_ => true) is { } undeclared) return new(undeclared, PageKind.Article);
        Mark(PageKind.Page);
        return new([WholePage()], PageKind.Page);
    }

    private void MarkHidden()
    {
        TextCensus.Take(nodes);
        var visibility = new Visibility(body);
        foreach (var node in nodes)
            if (!node.IsText && visibility.IsHidden(node, body.TextLength)) hidden.Add(node);
    }

    private void Mark(PageKind kind)
    {
        foreach (var node in nodes) node.Dropped = hidden.Contains(node);
        TextCensus.Take(nodes);
        new Boilerplate(nodes, body, kind).Mark();
        TextCensus.Take(nodes);
    }

    private IReadOnlyList<Node>? FindArticle(Func<IReadOnlyList<Node>, bool> accept)
    {
        Mark(PageKind.Article);
        var parts = ArticleFinder.Find(body, nodes);
        return parts.Count > 0 && accept(parts) ? parts : null;
    }

    // Some systems declare every page an article. When most running text is elsewhere, this one is none.
    private bool MayLeave(IReadOnlyList<Node> parts) => parts.Sum(p => p.ProseLength) * 4 >= body.ProseLength;

    // Without a declaration it takes a sign of one: documentation pages with a long table of contents look alike.
    private bool HoldsAnArticle()
    {
        if (!nodes.Any(n => n.Name is "article" or "time" || n.Attribute("rel") is "author" or "bookmark")) return false;
        var parts = ArticleFinder.Find(body, nodes);
        if (parts.Count == 0) return false;
        var whole = WholePage();
        int text = parts.Sum(p => p.TextLength), links = parts.Sum(p => p.LinkLength);
        int restText = whole.TextLength - text, restLinks = whole.LinkLength - links;
        return parts.Sum(p => p.ProseLength) > Math.Max(400, whole.ProseLength * 0.8) && restText > text * 0.15 && restLinks > restText * 0.4;
    }

    private Node WholePage()
    {
        var main = nodes.Where(n => !n.Dropped && (n.Name == "main" || n.Attribute("role") == "main")).MaxBy(n => n.TextLength);
        // An empty main element is filled by a script; what there is to read is elsewhere.
        return main is { TextLength: > 0 } && main.TextLength * 5 > body.TextLength ? main : body;
    }
}
