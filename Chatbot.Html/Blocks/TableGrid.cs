using System.Globalization;

namespace Chatbot.Html;

/// <summary>Lays the cells of a table out, so that each row can be read by itself.</summary>
internal static class TableGrid
{
    // Spans multiply: a few bytes may ask for millions of cells.
    private const int MaxColumnSpan = 100;
    private const int MaxCells = 300_000;

    public static IReadOnlyList<IReadOnlyList<string>> Read(IReadOnlyList<IReadOnlyList<Node>> rows, Func<Node, string> textOf)
    {
        var grid = new List<IReadOnlyList<string>>();
        // Cells that reach down from rows above, by column: text and rows left.
        var reaching = new SortedDictionary<int, (string Text, int Rows)>();
        var total = 0;
        for (var r = 0; r < rows.Count && total < MaxCells; r++)
        {
            var row = new List<string>();
            var next = new SortedDictionary<int, (string Text, int Rows)>();
            foreach (var cell in rows[r])
            {
                TakeReaching(reaching, next, row);
                var text = textOf(cell);
                var down = Span(cell, "rowspan", rows.Count - r);
                var across = Span(cell, "colspan", MaxColumnSpan);
                for (var i = 0; i < across; i++)
                {
                    // Across, the words stand once; down, each row gets them, or it could not be read alone.
                    if (down > 1) next[row.Count] = (i == 0 ? text : "", down - 1);
                    row.Add(i == 0 ? text : "");
                }
            }

            TakeReaching(reaching, next, row);
            total += row.Count;
            reaching = next;
            while (row.Count > 0 && row[^1].Length == 0) row.RemoveAt(row.Count - 1);
            if (row.Count > 0) grid.Add(row);
        }

        return grid;
    }

    public static string ToText(IReadOnlyList<IReadOnlyList<string>> grid) => string.Join('\n', grid.Select(RowText));

    public static string RowText(IReadOnlyList<string> row) => string.Join(" | ", row);

    private static void TakeReaching(
        SortedDictionary<int, (string Text, int Rows)> reaching, SortedDictionary<int, (string Text, int Rows)> next, List<string> row)
    {
        while (reaching.Remove(row.Count, out var above))
        {
            if (above.Rows > 1) next[row.Count] = (above.Text, above.Rows - 1);
            row.Add(above.Text);
        }
    }

    private static int Span(Node cell, string attribute, int most)
    {
        if (!int.TryParse(cell.Attribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var span)) return 1;
        // Zero means "to the end".
        return attribute == "rowspan" && span == 0 ? Math.Max(most, 1) : Math.Clamp(span, 1, Math.Max(most, 1));
    }
}
