namespace Chatbot.Html;

/// <summary>The rows of a table, and whether they hold data or only arrange a page.</summary>
internal sealed class TableShape
{
    private TableShape(IReadOnlyList<Node> captions, IReadOnlyList<IReadOnlyList<Node>> rows, bool isData, bool hasHeader)
    {
        Captions = captions;
        Rows = rows;
        IsData = isData;
        HasHeader = hasHeader;
    }

    public IReadOnlyList<Node> Captions { get; }

    /// <summary>Cells by row, header rows first.</summary>
    public IReadOnlyList<IReadOnlyList<Node>> Rows { get; }

    public bool IsData { get; }

    public bool HasHeader { get; }

    public static TableShape Of(Node table, Func<Node, bool> dropped)
    {
        var captions = table.Children.Where(n => n.Name == "caption" && !dropped(n)).ToList();
        var rows = new List<IReadOnlyList<Node>>();
        foreach (var part in Parts(table, dropped))
        {
            var cells = part.Children.Where(n => n.Name is "td" or "th" && !dropped(n)).ToList();
            if (cells.Count > 0) rows.Add(cells);
        }

        var head = table.Children.Any(n => n.Name == "thead" && !dropped(n));
        var headerRow = rows.Count > 0 && rows[0].Count > 0 && rows[0].All(c => c.Name == "th" || IsBlank(c)) && rows[0].Any(c => c.Name == "th");
        return new(captions, rows, IsDataTable(table, captions.Count > 0 || head, rows), head || headerRow);
    }

    private static IEnumerable<Node> Parts(Node table, Func<Node, bool> dropped)
    {
        var sections = table.Children.Where(n => n.Name is "thead" or "tbody" or "tfoot" && !dropped(n)).ToList();
        // A foot may stand before the body in old markup.
        foreach (var name in (string[])["thead", "tbody", "tfoot"])
            foreach (var section in sections.Where(s => s.Name == name))
                foreach (var row in section.Children.Where(n => n.Name == "tr" && !dropped(n))) yield return row;
        foreach (var row in table.Children.Where(n => n.Name == "tr" && !dropped(n))) yield return row;
    }

    private static bool IsDataTable(Node table, bool declared, List<IReadOnlyList<Node>> rows)
    {
        if (rows.Count == 0 || table.Attribute("role") is "presentation" or "none") return false;
        var columns = rows.Max(r => r.Count);
        var nested = rows.Any(row => row.Any(cell => cell.Find("table") is not null));
        if (declared) return !nested || columns > 1;
        if (nested || columns < 2) return false;
        if (rows.Any(row => row.Any(cell => cell.DescendantsAndSelf().Any(n => n.Name is "h1" or "h2" or "h3" or "form" or "article" or "nav")))) return false;
        if (rows.Any(row => row.Any(cell => cell.Name == "th"))) return true;
        if (rows.Count < 2) return false;
        // Columns of running text are a page's columns; cells of data are short.
        return rows.All(row => row.All(cell => cell.DescendantsAndSelf().Sum(n => n.Text.Length) < 1_500));
    }

    private static bool IsBlank(Node cell) => cell.DescendantsAndSelf().All(n => string.IsNullOrWhiteSpace(n.Text));
}
