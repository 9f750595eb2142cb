namespace Chatbot.Html;

/// <summary>Marks what is not content.</summary>
internal sealed class Boilerplate(IReadOnlyList<Node> nodes, Node body, PageKind kind)
{
    public void Mark()
    {
        foreach (var node in nodes)
        {
            if (node.IsText || node.Dropped || node.Parent is null || node.Parent.Dropped) continue;
            if (kind == PageKind.Article) Teasers.Mark(node, body);
            if (node.Name is "html" or "body" or "main" or "article") continue;
            if (IsBoilerplate(node)) node.Dropped = true;
        }
    }

    private bool IsBoilerplate(Node node) => node.Name switch
    {
        "header" => IsPageHeader(node),
        "footer" => !node.IsInside(n => n.Name == "blockquote") && !HoldsMuch(node),
        "label" => node.Has("for") || node.Find("input") is not null,
        "button" => !node.IsInside(n => ElementKinds.IsHeading(n.Name) || n.Name == "dt") && !node.Has("aria-expanded"),
        // Hints on words within a sentence (a code of class "menu") say nothing of the sentence.
        _ when !ElementKinds.Block.Contains(node.Name) => node.Name is not ("code" or "b" or "strong" or "em" or "i" or "tt" or "kbd" or "var")
            && node.TextLength < 120 && Hints.Of(node) is Hint.Chrome or Hint.Extra or Hint.Detail && kind == PageKind.Article && !HoldsMuch(node),
        // In an article, a list of links leads to others.
        "ul" or "ol" or "dl" when kind == PageKind.Article && node.TextLength > 40 && node.LinkDensity > 0.8 => true,
        _ => IsBoilerplateBlock(node),
    };

    private bool IsBoilerplateBlock(Node node)
    {
        if (ElementKinds.IsHeading(node.Name) || node.Name is "p" or "pre" or "td" or "tr" or "tbody" or "dd" or "dt") return node.Name == "p" && kind == PageKind.Article && (IsShortExtra(node) || IsLinkAlone(node));
        return Hints.Of(node) switch
        {
            Hint.Chrome => !HoldsMuch(node) && (kind == PageKind.Article || node.Name == "nav" || node.LinkDensity > 0.3 || Hints.IsConsent(node)
                || (node.TextLength < 200 && !node.IsInside(n => n.Name == "main"))),
            Hint.Extra => !HoldsMuch(node) && (kind == PageKind.Article || node.LinkDensity > 0.5),
            Hint.Detail => kind == PageKind.Article && !HoldsMuch(node),
            _ => false,
        };
    }

    private static bool IsShortExtra(Node node) => node.TextLength < 150 && Hints.Of(node) is Hint.Chrome or Hint.Extra or Hint.Detail;

    // "Read more: …", between the paragraphs of an article.
    private static bool IsLinkAlone(Node node) =>
        node.InlineLength > 20 && node.InlineLinkLength > node.InlineLength * 0.8 && node.Find("img") is null;

    // The header of a page is its site's; that of an article has its title and lead.
    private bool IsPageHeader(Node node)
    {
        if (HoldsMuch(node)) return false;
        if (node.IsInside(n => n.Name is "main" or "article" or "section")) return false;
        return node.Find("h1") is null || nodes.Any(n => n.Name == "h1" && !n.IsInside(a => a == node));
    }

    // A name may lie ("has-sidebar" on what holds everything); the text does not.
    private bool HoldsMuch(Node node) => node.TextLength > body.TextLength * 0.4 || (node.ProseLength > 200 && node.ProseLength > body.ProseLength * 0.4);
}
