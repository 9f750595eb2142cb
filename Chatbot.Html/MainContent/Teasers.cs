namespace Chatbot.Html;

/// <summary>Recognises rows of other articles' headlines with their first words, whatever they are called.</summary>
internal static class Teasers
{
    private const int AtLeast = 3;
    private const int LongestTeaser = 600;

    /// <summary>Marks those children of a node that are teasers, when there are several alike.</summary>
    public static void Mark(Node parent, Node body)
    {
        if (parent.Children.Count < AtLeast || parent.LinkLength == 0) return;
        var teasers = parent.Children.Where(IsTeaser).ToList();
        if (teasers.Count < AtLeast || teasers.Sum(t => t.ProseLength) > body.ProseLength * 0.7) return;
        foreach (var teaser in teasers) teaser.Dropped = true;
    }

    // A headline that is a link, and little else.
    private static bool IsTeaser(Node node)
    {
        if (node.IsText || node.TextLength is < 15 or > LongestTeaser || node.Name is not ("div" or "article" or "li" or "section" or "a")) return false;
        var heading = node.DescendantsAndSelf().FirstOrDefault(n => ElementKinds.IsHeading(n.Name) && n.TextLength > 10);
        return heading is not null && (heading.LinkDensity > 0.8 || node.Name == "a" || heading.IsInside(n => n.Name == "a"));
    }
}
