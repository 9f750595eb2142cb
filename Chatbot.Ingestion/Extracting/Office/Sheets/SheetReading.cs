using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Chatbot.Ingestion.Extracting.Office.Sheets;

/// <summary>Reads the rows of one sheet as they are shown. Not thread-safe.</summary>
internal sealed class SheetReading(CellValues values, CellLimits limits, CancellationToken cancellationToken)
{
    private const int MaxMerged = 20_000;

    private static readonly Comparer<(int Number, List<string> Cells)> s_byNumber = Comparer<(int Number, List<string> Cells)>.Create((a, b) => a.Number.CompareTo(b.Number));

    private readonly List<(int Number, List<string> Cells)> _rows = [];
    private readonly HashSet<int> _hiddenColumns = [];
    private readonly List<int> _hiddenRows = [];
    private int _merged;

    /// <returns>Rows with words in them, with their numbers among those that are shown.</returns>
    public IReadOnlyList<(int Number, List<string> Cells)> Read(XmlReader reader)
    {
        // One child at a time: a sheet may be larger than memory should hold.
        var number = 0;
        reader.MoveToContent();
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element) continue;
            BoundedXml.Guard(reader);
            switch (reader.LocalName)
            {
                case "col":
                    Hide(BoundedXml.ReadElement(reader, cancellationToken));
                    break;
                case "row" when !limits.IsFull:
                    AddRow(BoundedXml.ReadElement(reader, cancellationToken), ref number);
                    break;
                case "row":
                    // What is merged stands behind the rows, but a workbook with too many of them need not be read on.
                    return Shown();
                case "mergeCell" when _merged++ < MaxMerged:
                    FillDown(reader.GetAttribute("ref"));
                    break;
            }
        }

        return Shown();
    }

    private void Hide(XElement column)
    {
        if (!XmlShortcuts.IsYes(column.Attr("hidden"))) return;
        var last = Math.Min(column.Number("max") ?? 0, limits.Columns);
        for (var at = Math.Max(column.Number("min") ?? 1, 1); at <= last; at++) _hiddenColumns.Add(at - 1);
    }

    private void AddRow(XElement row, ref int number)
    {
        number = row.Number("r") is { } own && own > number ? own : number + 1;
        if (XmlShortcuts.IsYes(row.Attr("hidden")))
        {
            _hiddenRows.Add(number);
            return;
        }

        var cells = new List<string>();
        var next = 0;
        foreach (var cell in row.Children("c"))
        {
            var column = Column(cell.Attr("r")) ?? next;
            next = column + 1;
            if (values.Of(cell) is not { Length: > 0 } text) continue;
            if (column >= limits.Columns)
            {
                limits.MissColumn();
                continue;
            }

            while (cells.Count <= column) cells.Add("");
            cells[column] = text;
        }

        if (cells.Count > 0 && limits.Takes(cells)) _rows.Add((number, cells));
    }

    // Down, each row gets the words, or it could not be read alone; across, they stand once.
    private void FillDown(string? range)
    {
        if (range?.Split(':') is not [var first, var last] || Column(first) is not { } column || column >= limits.Columns) return;
        var (top, bottom) = (RowOf(first), RowOf(last));
        var at = _rows.BinarySearch((top, []), s_byNumber);
        if (at < 0 || column >= _rows[at].Cells.Count || _rows[at].Cells[column] is not { Length: > 0 } text) return;
        for (var below = at + 1; below < _rows.Count && _rows[below].Number <= bottom; below++)
        {
            var cells = _rows[below].Cells;
            while (cells.Count <= column) cells.Add("");
            if (cells[column].Length == 0 && limits.TakesMore(text)) cells[column] = text;
        }
    }

    private List<(int Number, List<string> Cells)> Shown()
    {
        var shown = new List<(int Number, List<string> Cells)>();
        var above = 0;
        foreach (var (number, all) in _rows)
        {
            while (above < _hiddenRows.Count && _hiddenRows[above] < number) above++;
            var cells = _hiddenColumns.Count == 0 ? all : [.. all.Where((_, column) => !_hiddenColumns.Contains(column))];
            if (cells.Exists(cell => cell.Length > 0)) shown.Add((number - above, cells));
        }

        return shown;
    }

    /// <returns>From 0; null when the reference has no letters.</returns>
    private static int? Column(string? reference)
    {
        var column = 0;
        foreach (var letter in reference ?? "")
        {
            if (letter is < 'A' or > 'Z' || column > 20_000) break;
            column = (column * 26) + (letter - 'A' + 1);
        }

        return column > 0 ? column - 1 : null;
    }

    private static int RowOf(string reference) =>
        int.TryParse(reference.AsSpan().TrimStart("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : 0;
}
