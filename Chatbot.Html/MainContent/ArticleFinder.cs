namespace Chatbot.Html;

/// <summary>
/// Finds the element that holds an article: paragraphs speak for what is around them, the closer the louder, links
/// against it. Scores and shares follow Arc90's Readability, as kept up by Mozilla.
/// </summary>
internal static class ArticleFinder
{
    private const int MinParagraph = 20;
    private const int Ancestors = 5;

    public static IReadOnlyList<Node> Find(Node body, IReadOnlyList<Node> nodes)
    {
        if (Declared(body, nodes) is { } declared) return [declared];
        var scores = Score(nodes);
        if (scores.Count == 0) return [];
        var best = scores.MaxBy(s => s.Value).Key;
        best = Widen(best, scores);
        return WithSiblings(best, scores);
    }

    // schema.org's word for exactly this.
    private static Node? Declared(Node body, IReadOnlyList<Node> nodes)
    {
        var declared = nodes.Where(n => !n.Dropped && n.Attribute("itemprop")?.Contains("articleBody", StringComparison.OrdinalIgnoreCase) == true)
            .MaxBy(n => n.TextLength);
        return declared is not null && declared.TextLength * 4 > body.TextLength ? declared : null;
    }

    private static Dictionary<Node, double> Score(IReadOnlyList<Node> nodes)
    {
        var scores = new Dictionary<Node, double>();
        var left = new HashSet<Node>();
        foreach (var node in nodes)
        {
            if (node.Dropped || (node.Parent is not null && left.Contains(node.Parent))) left.Add(node);
            if (node.IsText || left.Contains(node) || node.InlineLength < MinParagraph || !IsParagraph(node)) continue;
            var points = 1 + Commas(node) + Math.Min(node.InlineLength / 80, 3);
            // Text straight in a container, as in old pages with line breaks for paragraphs, speaks for that container.
            var above = node.Name is "p" or "pre" or "blockquote" ? node.Parent : node;
            for (var level = 0; level < Ancestors && above is { Name: not "html" }; level++, above = above.Parent)
            {
                scores.TryAdd(above, Start(above));
                scores[above] += points / (level switch { 0 => 1.0, 1 => 2.0, _ => level * 3.0 });
            }
        }

        foreach (var node in scores.Keys.ToList()) scores[node] *= 1 - node.LinkDensity;
        return scores;
    }

    private static bool IsParagraph(Node node) => node.Name is "p" or "pre" or "blockquote" or "div" or "section" or "article" or "td" or "center";

    private static int Commas(Node node) =>
        node.DescendantsAndSelf().Where(n => n.IsText).Sum(n => n.Text.AsSpan().CountAny(",،﹐︐︑⹁⸴⸲，、。"));

    private static double Start(Node node)
    {
        var tag = node.Name switch
        {
            "article" => 10,
            "div" => 5,
            "pre" or "td" or "blockquote" => 3,
            "address" or "ol" or "ul" or "dl" or "dd" or "dt" or "li" or "form" => -3,
            "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "th" => -5,
            _ => 0,
        };
        return tag + Hints.Of(node) switch { Hint.Content => 25, Hint.Chrome or Hint.Extra or Hint.Detail => -25, _ => 0 };
    }

    private static Node Widen(Node best, Dictionary<Node, double> scores)
    {
        // Several parts nearly as good under one roof: the roof is the article.
        var rivals = scores.Where(s => s.Value >= scores[best] * 0.75 && s.Key != best).Select(s => s.Key).ToList();
        for (var above = best.Parent; above is { Name: not ("body" or "html") }; above = above.Parent)
            if (rivals.Count(r => r.IsInside(n => n == above)) >= 3) return above;

        var last = scores[best];
        var floor = last / 3;
        for (var above = best.Parent; above is { Name: not ("body" or "html") } && scores.TryGetValue(above, out var score) && score >= floor; above = above.Parent)
        {
            if (score > last) return WhileProseGrows(above);
            last = score;
        }

        return WhileProseGrows(best);
    }

    // An article may be cut into parts by pictures or advertisement: as long as what is around adds mostly
    // running text, it is the same article.
    private static Node WhileProseGrows(Node best)
    {
        var widest = best;
        for (var above = best.Parent; above is { Name: not ("body" or "html") }; above = above.Parent)
        {
            var text = above.TextLength - widest.TextLength;
            var prose = above.ProseLength - widest.ProseLength;
            var links = above.LinkLength - widest.LinkLength;
            if (prose > widest.ProseLength * 0.15 && prose > text * 0.7 && links < text * 0.1) widest = above;
        }

        return widest;
    }

    private static List<Node> WithSiblings(Node best, Dictionary<Node, double> scores)
    {
        if (best.Parent is not { } parent || best.Name == "body") return [best];
        var threshold = Math.Max(10, scores.GetValueOrDefault(best) * 0.2);
        return parent.Children.Where(n => n == best || (!n.IsText && !n.Dropped && Belongs(n))).ToList();

        bool Belongs(Node node)
        {
            var bonus = best.Attribute("class") is { Length: > 0 } name && node.Attribute("class") == name ? scores.GetValueOrDefault(best) * 0.2 : 0;
            if (scores.TryGetValue(node, out var score) && score + bonus >= threshold) return true;
            return node.Name == "p" && node.TextLength > TextCensus.Prose && node.LinkDensity < 0.25;
        }
    }
}
