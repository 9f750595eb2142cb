namespace Chatbot.Core.Extractions;

/// <summary>A piece of text that a reader sees as one: a paragraph, a heading, a table…</summary>
public sealed record Block
{
    public required BlockKind Kind { get; init; }

    /// <summary>Plain text. Rows of a table are lines with cells apart by <c> | </c>; code keeps its line breaks.</summary>
    public required string Text { get; init; }

    /// <summary>Of a heading: 1 (title) to 6. Of a list item: its nesting, from 1. Else 0.</summary>
    public int Level { get; init; }

    /// <summary>Page it starts on, from 1; 0 in documents without pages.</summary>
    public int Page { get; init; }

    /// <summary>The fragment (<c>id</c> in HTML) that lands on this block or nearest above it; null when there is none.</summary>
    public string? Anchor { get; init; }

    /// <summary>Of a table: its rows with their cells, the header first when <see cref="HasHeader"/>.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Rows { get; init; }

    public bool HasHeader { get; init; }

    /// <summary>Of a table over several pages: the index of the first row on each page after the first; null for others.</summary>
    public IReadOnlyList<int>? PageRows { get; init; }

    /// <summary>Addresses of pictures that stand behind it, or that its text describes; null for none. As the page wrote them until its address is known.</summary>
    public IReadOnlyList<string>? Images { get; init; }

    /// <summary>On words of <see cref="Text"/>, in their order, none over another; null when there are none.</summary>
    public IReadOnlyList<TextLink>? Links { get; init; }
}
