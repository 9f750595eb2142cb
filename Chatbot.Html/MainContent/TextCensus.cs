namespace Chatbot.Html;

/// <summary>Counts the visible text of every node, once for the whole tree.</summary>
internal static class TextCensus
{
    /// <summary>Characters from which on a block is running text and no label, title or menu entry; blanks not counted.</summary>
    public const int Prose = 60;

    public static void Take(IReadOnlyList<Node> inDocumentOrder)
    {
        foreach (var node in inDocumentOrder)
        {
            node.TextLength = node.LinkLength = node.InlineLength = node.InlineLinkLength = node.ProseLength = 0;
            if (node.IsText) node.TextLength = node.InlineLength = Visible(node.Text);
        }

        // Children come after their parents, so the way back adds from the leaves up.
        for (var i = inDocumentOrder.Count - 1; i >= 0; i--) AddToParent(inDocumentOrder[i]);
    }

    private static void AddToParent(Node node)
    {
        if (!node.IsText && (node.Dropped || ElementKinds.Silent.Contains(node.Name)))
        {
            node.TextLength = node.LinkLength = node.InlineLength = node.InlineLinkLength = node.ProseLength = 0;
            return;
        }

        if (node.Name == "a" && LeadsAway(node))
        {
            node.LinkLength = node.TextLength;
            node.InlineLinkLength = node.InlineLength;
        }

        var block = ElementKinds.Block.Contains(node.Name);
        if (block && node.InlineLength >= Prose && node.InlineLinkLength * 2 < node.InlineLength) node.ProseLength += node.InlineLength - node.InlineLinkLength;
        if (node.Parent is not { } parent) return;
        parent.TextLength += node.TextLength;
        parent.LinkLength += node.LinkLength;
        parent.ProseLength += node.ProseLength;
        if (block) return;
        parent.InlineLength += node.InlineLength;
        parent.InlineLinkLength += node.InlineLinkLength;
    }

    private static int Visible(string text)
    {
        var count = 0;
        foreach (var c in text)
            if (c > ' ' && c != '\u00A0') count++;
        return count;
    }

    // A telephone number is no navigation, nor is a link within the page.
    private static bool LeadsAway(Node link) => link.Attribute("href") is { Length: > 0 } href
        && !href.StartsWith('#') && !href.StartsWith("tel:", StringComparison.OrdinalIgnoreCase) && !href.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase);
}
