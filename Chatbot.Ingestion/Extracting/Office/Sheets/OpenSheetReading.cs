using System.Xml;
using System.Xml.Linq;
using Chatbot.Core.Extractions;
using Chatbot.Ingestion.Extracting.Office.OpenText;

namespace Chatbot.Ingestion.Extracting.Office.Sheets;

/// <summary>Reads the sheets of an OpenDocument spreadsheet as they are shown, row by row. Not thread-safe.</summary>
internal sealed class OpenSheetReading(XmlReader reader, CellLimits limits, CancellationToken cancellationToken)
{
    // Rows that are the same are written once with their number; the empty rest of a sheet is a million.
    private const int MostRepeated = 100;

    private readonly List<Block> _blocks = [];
    private readonly HashSet<string> _hiddenStyles = new(StringComparer.Ordinal);
    private readonly OpenTextStyles _styles = new();

    // Of the sheet that is being read.
    private readonly List<(int Number, List<string> Cells)> _rows = [];
    private readonly HashSet<int> _hiddenColumns = [];
    private readonly Dictionary<int, (string Text, int Rows)> _reaching = [];
    private int _column;
    private int _number;

    public List<Block> Read()
    {
        string? name = null;
        var (depth, isHidden) = (-1, false);
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth)
            {
                if (!isHidden) Close(name);
                depth = -1;
            }

            if (reader.NodeType != XmlNodeType.Element) continue;
            BoundedXml.Guard(reader);
            switch (reader.LocalName)
            {
                case "automatic-styles":
                    AddStyles(BoundedXml.ReadElement(reader, cancellationToken));
                    break;
                // Tables of a drawing or of what was deleted are no sheets.
                case "tracked-changes" or "shapes" or "forms" or "dde-links" or "content-validations" or "named-expressions":
                    BoundedXml.ReadElement(reader, cancellationToken);
                    break;
                case "table" when depth < 0 && !reader.IsEmptyElement:
                    (depth, name) = (reader.Depth, AttributeOf("name"));
                    isHidden = AttributeOf("style-name") is { } style && _hiddenStyles.Contains(style);
                    Begin();
                    break;
                case "table-column" when depth >= 0:
                    AddColumn(BoundedXml.ReadElement(reader, cancellationToken));
                    break;
                case "table-row" when depth >= 0:
                    var row = BoundedXml.ReadElement(reader, cancellationToken);
                    if (!isHidden && !limits.IsFull) AddRow(row);
                    break;
            }
        }

        return _blocks;
    }

    private string? AttributeOf(string name)
    {
        string? value = null;
        while (reader.MoveToNextAttribute())
            if (reader.LocalName == name) value = reader.Value;
        reader.MoveToElement();
        return value;
    }

    private void AddStyles(XElement styles)
    {
        _styles.Add(styles);
        foreach (var style in styles.Children("style"))
            if (style.Attr("family") == "table" && style.Child("table-properties").Attr("display") == "false" && style.Attr("name") is { } name) _hiddenStyles.Add(name);
    }

    private void Begin()
    {
        _rows.Clear();
        _hiddenColumns.Clear();
        _reaching.Clear();
        (_column, _number) = (0, 0);
    }

    private void Close(string? name)
    {
        var shown = _hiddenColumns.Count == 0 ? _rows : _rows.ConvertAll(row => (row.Number, Cells: row.Cells.Where((_, column) => !_hiddenColumns.Contains(column)).ToList()));
        var areas = SheetAreas.ToBlocks([.. shown.Where(row => row.Cells.Exists(cell => cell.Length > 0))]);
        if (areas.Count == 0) return;
        if (name is not null && !WorkbookReading.IsGivenName(name)) _blocks.Add(new() { Kind = BlockKind.Heading, Level = 1, Text = name });
        _blocks.AddRange(areas);
    }

    private void AddColumn(XElement column)
    {
        var count = Math.Clamp(column.Number("number-columns-repeated") ?? 1, 1, limits.Columns);
        for (var i = 0; i < count && _column < limits.Columns; i++, _column++)
            if (IsHidden(column)) _hiddenColumns.Add(_column);
    }

    private void AddRow(XElement row)
    {
        var repeated = Math.Max(row.Number("number-rows-repeated") ?? 1, 1);
        var cells = Cells(row);
        if (cells.Count == 0)
        {
            // Empty rows set areas apart; how many there are says nothing.
            _number += Math.Min(repeated, 2);
            return;
        }

        if (IsHidden(row)) return;
        for (var i = 0; i < Math.Min(repeated, MostRepeated) && limits.Takes(cells); i++) _rows.Add((++_number, cells));
    }

    private List<string> Cells(XElement row)
    {
        var cells = new List<string>();
        var column = 0;
        foreach (var cell in row.Elements().Where(cell => cell.Name.LocalName is "table-cell" or "covered-table-cell"))
        {
            var text = TextOf(cell);
            var copies = Math.Max(cell.Number("number-columns-repeated") ?? 1, 1);
            for (var i = 0; i < copies && column < limits.Columns; i++, column++)
            {
                // Down, each row gets the words, or it could not be read alone; across, they stand once.
                if (cell.Is("covered-table-cell") && text.Length == 0 && _reaching.TryGetValue(column, out var above) && above.Rows > 0)
                {
                    _reaching[column] = above with { Rows = above.Rows - 1 };
                    Put(cells, column, above.Text);
                    continue;
                }

                _reaching[column] = (text, (cell.Number("number-rows-spanned") ?? 1) - 1);
                Put(cells, column, text);
            }

            if (column >= limits.Columns)
            {
                if (text.Length > 0) limits.MissColumn();
                break;
            }
        }

        return cells;
    }

    private static void Put(List<string> cells, int column, string text)
    {
        if (text.Length == 0) return;
        while (cells.Count <= column) cells.Add("");
        cells[column] = text;
    }

    // As it is shown; what a program wrote without that has its value.
    private string TextOf(XElement cell)
    {
        var shown = string.Join(' ', cell.Children("p").Select(p => OpenTextText.Of(p, _styles).Value).Where(text => text.Length > 0));
        return shown.Length > 0 ? shown.ReplaceLineEndings(" ") : cell.Attr("string-value") ?? cell.Attr("date-value") ?? cell.Attr("value") ?? "";
    }

    private static bool IsHidden(XElement part) => part.Attr("visibility") is "collapse" or "filter";
}
