namespace Chatbot.Ingestion.Extracting.Layout;

/// <summary>Rows of cells; a cell that is empty is an empty text.</summary>
/// <param name="Columns">Where they stand, from left to right.</param>
/// <param name="IsHeaderBold">The header is set apart by its type, not only told by its words.</param>
internal sealed record Table(IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<Gap> Columns, bool HasHeader, bool IsHeaderBold)
{
    /// <summary>The index of the first row on each page after the first.</summary>
    public IReadOnlyList<int> PageRows { get; init; } = [];

    public string ToText() => string.Join('\n', Rows.Select(cells => string.Join(" | ", cells)));
}
