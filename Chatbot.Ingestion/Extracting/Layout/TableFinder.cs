namespace Chatbot.Ingestion.Extracting.Layout;

/// <summary>Finds the rows of a region that are a table: neighbours whose parts stand in the same columns.</summary>
internal static class TableFinder
{
    private const double NarrowestGap = 0.8;

    // Nobody reads a table of more columns on a page.
    private const int MostColumns = 100;

    // Rows further apart than this many sizes of the font are not neighbours.
    private const double FurthestRows = 5;

    // Share of a column's cells that begin, end or are centred at one place.
    private const double Aligned = 0.6;

    /// <returns>For each table the indices of its rows, first and last; in order, apart.</returns>
    public static List<(int First, int Last)> Find(IReadOnlyList<Row> rows)
    {
        var tables = new List<(int, int)>();
        for (var first = 0; first < rows.Count; first++)
        {
            if (rows[first].Parts.Count < 2 || rows[first].HasLeader) continue;
            var last = Extend(rows, first);
            if (!IsTable(rows, first, last)) continue;
            tables.Add((first, last));
            first = last;
        }

        return tables;
    }

    private static int Extend(IReadOnlyList<Row> rows, int first)
    {
        double from = double.MinValue, to = double.MaxValue;
        var gaps = WhiteSpace.Beside(rows[first].Parts, from, to, NarrowestGap * rows[first].Size);
        double left = rows[first].Left, right = rows[first].Right;
        var last = first;
        for (var i = first + 1; i < rows.Count; i++)
        {
            var row = rows[i];
            if (row.HasLeader || row.Middle - rows[i - 1].Middle > FurthestRows * Math.Max(row.Size, rows[i - 1].Size)) break;
            var shared = WhiteSpace.Shared(gaps, WhiteSpace.Beside(row.Parts, from, to, NarrowestGap * row.Size), NarrowestGap * row.Size * 0.6);
            left = Math.Min(left, row.Left);
            right = Math.Max(right, row.Right);
            if (!shared.Exists(gap => gap.From >= left && gap.To <= right && gap.From > left && gap.To < right)) break;
            gaps = shared;
            // A single part belongs to the table when it goes on with a cell, or when more rows come.
            if (row.Parts.Count > 1 || (last == i - 1 && GoesOn(rows[i - 1], row))) last = i;
        }

        return last;
    }

    private static bool GoesOn(Row above, Row row) => row.Middle - above.Middle < 1.45 * row.Size && Math.Abs(row.Size - above.Size) < 0.1 * row.Size;

    private static bool IsTable(IReadOnlyList<Row> rows, int first, int last)
    {
        var several = new List<Row>();
        for (var i = first; i <= last; i++)
            if (rows[i].Parts.Count > 1) several.Add(rows[i]);
        if (several.Count < 2 || several.Exists(row => row.Parts.Count > MostColumns)) return false;
        var columns = TableColumns.Of(rows.Skip(first).Take(last - first + 1));
        return columns.Count >= 2 && columns.Average(column => Alignment(column, several)) >= Aligned;
    }

    private static double Alignment(Gap column, List<Row> rows)
    {
        var cells = rows.SelectMany(r => r.Parts).Where(p => p.Left >= column.From - 0.5 && p.Right <= column.To + 0.5).ToList();
        if (cells.Count < 2) return 0.5;
        var near = 0.35 * cells.Max(c => c.Size);
        return Math.Max(Share(c => c.Left), Math.Max(Share(c => c.Right), Share(c => (c.Left + c.Right) / 2)));

        double Share(Func<TextRun, double> place)
        {
            var places = cells.Select(place).Order().ToList();
            int best = 0, start = 0;
            for (var end = 0; end < places.Count; end++)
            {
                while (places[end] - places[start] > near) start++;
                best = Math.Max(best, end - start + 1);
            }

            return best == 1 ? 0 : (double)best / places.Count;
        }
    }
}
