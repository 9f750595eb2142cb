namespace Chatbot.Ingestion.Extracting.Layout;

/// <summary>The columns of a table, found from where its cells stand.</summary>
internal static class TableColumns
{
    /// <returns>From left to right, apart. A cell over several columns does not join them.</returns>
    public static List<Gap> Of(IEnumerable<Row> rows)
    {
        var all = rows.ToList();
        // Rows with the most parts show the columns; a cell that lies across two of them spans them.
        var columns = new List<Gap>();
        foreach (var row in all.OrderByDescending(r => r.Parts.Count))
            foreach (var part in row.Parts)
                Add(columns, new(part.Left, part.Right));
        return columns;
    }

    /// <returns>The column that a cell stands in, the first when it spans several.</returns>
    public static int IndexOf(List<Gap> columns, TextRun cell)
    {
        for (var i = 0; i < columns.Count; i++)
            if (cell.Left < columns[i].To && cell.Right > columns[i].From) return i;
        return Math.Max(columns.FindLastIndex(c => c.To <= cell.Left), 0);
    }

    private static void Add(List<Gap> columns, Gap cell)
    {
        var first = columns.FindIndex(c => cell.From < c.To && c.From < cell.To);
        if (first < 0)
        {
            var at = columns.FindIndex(c => c.From > cell.From);
            columns.Insert(at < 0 ? columns.Count : at, cell);
            return;
        }

        var last = columns.FindLastIndex(c => cell.From < c.To && c.From < cell.To);
        if (first != last) return;
        columns[first] = new(Math.Min(columns[first].From, cell.From), Math.Max(columns[first].To, cell.To));
    }
}
