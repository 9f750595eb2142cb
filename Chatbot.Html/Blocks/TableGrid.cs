using System.Globalization;
using Chatbot.Core.Extractions;

namespace Chatbot.Html;

/// <summary>Lays the cells of a table out, so that each row can be read by itself.</summary>
internal static class TableGrid
{
    // Spans multiply: a few bytes may ask for millions of cells.
    private const int MaxColumnSpan = 100;
    private const int MaxCells = 300_000;

    // A directory of hundreds of offices has one a row.
    private const int MostLinks = 2_000;

    private static readonly InlineLine Blank = new("", null);

    private const string Border = " | ";

    /// <returns>The cells, and the links as they are in <see cref="ToText"/> of them; null for none.</returns>
    public static (IReadOnlyList<IReadOnlyList<string>> Cells, IReadOnlyList<TextLink>? Links) Read(IReadOnlyList<IReadOnlyList<Node>> rows, Func<Node, InlineLine> lineOf)
    {
        var grid = new List<IReadOnlyList<string>>();
        var links = new List<TextLink>();
        var at = 0;
        // Cells that reach down from rows above, by column: text and rows left.
        var reaching = new SortedDictionary<int, (InlineLine Line, int Rows)>();
        var total = 0;
        for (var r = 0; r < rows.Count && total < MaxCells; r++)
        {
            var row = new List<InlineLine>();
            var next = new SortedDictionary<int, (InlineLine Line, int Rows)>();
            foreach (var cell in rows[r])
            {
                TakeReaching(reaching, next, row);
                var line = lineOf(cell);
                var down = Span(cell, "rowspan", rows.Count - r);
                var across = Span(cell, "colspan", MaxColumnSpan);
                for (var i = 0; i < across; i++)
                {
                    // Across, the words stand once; down, each row gets them, or it could not be read alone.
                    if (down > 1) next[row.Count] = (i == 0 ? line : Blank, down - 1);
                    row.Add(i == 0 ? line : Blank);
                }
            }

            TakeReaching(reaching, next, row);
            total += row.Count;
            reaching = next;
            while (row.Count > 0 && row[^1].Text.Length == 0) row.RemoveAt(row.Count - 1);
            if (row.Count == 0) continue;
            grid.Add([.. row.Select(cell => cell.Text)]);
            foreach (var (text, some) in row)
            {
                if (links.Count < MostLinks && TextLinks.Shift(some, at) is { } shifted) links.AddRange(shifted);
                at += text.Length + Border.Length;
            }

            at += 1 - Border.Length;
        }

        return (grid, links.Count == 0 ? null : links);
    }

    public static string ToText(IReadOnlyList<IReadOnlyList<string>> grid) => string.Join('\n', grid.Select(RowText));

    public static string RowText(IReadOnlyList<string> row) => string.Join(Border, row);

    private static void TakeReaching(
        SortedDictionary<int, (InlineLine Line, int Rows)> reaching, SortedDictionary<int, (InlineLine Line, int Rows)> next, List<InlineLine> row)
    {
        while (reaching.Remove(row.Count, out var above))
        {
            if (above.Rows > 1) next[row.Count] = (above.Line, above.Rows - 1);
            row.Add(above.Line);
        }
    }

    private static int Span(Node cell, string attribute, int most)
    {
        if (!int.TryParse(cell.Attribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var span)) return 1;
        // Zero means "to the end".
        return attribute == "rowspan" && span == 0 ? Math.Max(most, 1) : Math.Clamp(span, 1, Math.Max(most, 1));
    }
}
