using AngleSharp.Dom;

namespace Chatbot.Html;

/// <summary>
/// An element or a text of a page. Our own tree beside AngleSharp's: there the next sibling is searched for in the
/// parent's list, which makes long lists quadratic, and many properties recurse.
/// </summary>
internal sealed class Node(Node? parent, string name, IElement? element, string text)
{
    private static readonly List<Node> NoChildren = [];

    public Node? Parent { get; } = parent;

    /// <summary>Lower-case element name; empty for a text.</summary>
    public string Name { get; } = name;

    /// <summary>Of a text: its characters as in the markup, references resolved. Else empty.</summary>
    public string Text { get; } = text;

    public List<Node> Children { get; private set; } = NoChildren;

    public bool IsText => element is null;

    /// <summary>Characters a reader sees below, blanks left out; set by <see cref="TextCensus"/>.</summary>
    public int TextLength { get; set; }

    /// <summary>Those of them in links to other pages.</summary>
    public int LinkLength { get; set; }

    /// <summary>Of a block: the characters that are in no block further in.</summary>
    public int InlineLength { get; set; }

    /// <summary>Those of them in links to other pages.</summary>
    public int InlineLinkLength { get; set; }

    /// <summary>Characters below in blocks long enough to be running text, links left out.</summary>
    public int ProseLength { get; set; }

    /// <summary>Not content: hidden, or boilerplate.</summary>
    public bool Dropped { get; set; }

    /// <summary>Share of the text that links to other pages, 0 to 1.</summary>
    public double LinkDensity => TextLength == 0 ? 0 : (double)LinkLength / TextLength;

    public string? Id => Attribute("id");

    public string? Attribute(string attribute) => element?.GetAttribute(attribute);

    public bool Has(string attribute) => element?.HasAttribute(attribute) == true;

    public void Add(Node child)
    {
        if (ReferenceEquals(Children, NoChildren)) Children = [];
        Children.Add(child);
    }

    /// <summary>This node and all below, in document order.</summary>
    public IEnumerable<Node> DescendantsAndSelf()
    {
        var open = new Stack<Node>();
        open.Push(this);
        while (open.TryPop(out var node))
        {
            yield return node;
            for (var i = node.Children.Count - 1; i >= 0; i--) open.Push(node.Children[i]);
        }
    }

    public bool IsInside(Func<Node, bool> matches)
    {
        for (var above = Parent; above is not null; above = above.Parent)
            if (matches(above)) return true;
        return false;
    }

    public Node? Find(string wanted) => DescendantsAndSelf().FirstOrDefault(n => n.Name == wanted);
}
