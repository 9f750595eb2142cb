using System.Xml.Linq;
using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting.Office.OpenText;

/// <summary>Reads a table, or what stands in it where it only arranges the page.</summary>
internal static class OpenTextTable
{
    private const int LongCell = 1_500;

    // Rows that are the same are written once with their number; a sheet's empty rest is a million.
    private const int MaxRepeated = 100;

    /// <param name="blocksOf">Reads what stands within an element.</param>
    public static IEnumerable<Block> Read(XElement table, OpenTextStyles styles, OfficeOptions options, Func<XElement, List<Block>> blocksOf)
    {
        var rows = Rows(table).ToList();
        var read = rows.ConvertAll(row => row.Elements().Where(cell => cell.Name.LocalName is "table-cell" or "covered-table-cell").Select(cell => (Cell: cell, Blocks: cell.Is("table-cell") ? blocksOf(cell) : [])).ToList());
        var all = read.SelectMany(row => row.Select(cell => cell.Blocks)).ToList();
        if (read.TrueForAll(row => row.Count <= 1) || all.Exists(ArrangesThePage)) return all.SelectMany(blocks => blocks);

        var grid = new List<IReadOnlyList<string>>();
        var linked = new List<LinkedText>();
        // Cells that reach down from rows above, by column: text and rows left.
        var reaching = new Dictionary<int, (string Text, int Rows)>();
        for (var i = 0; i < read.Count; i++)
        {
            var cells = new List<string>();
            foreach (var (cell, blocks) in read[i])
            {
                var text = string.Join(' ', blocks.Select(block => block.Text));
                if (blocks.Count > 0) linked.Add(LinkedText.Join(blocks.Select(block => (block.Text, block.Links))));
                for (var copies = Math.Clamp(cell.Number("number-columns-repeated") ?? 1, 1, options.MaxColumns); copies > 0 && cells.Count < options.MaxColumns; copies--)
                {
                    var column = cells.Count;
                    if (cell.Is("covered-table-cell") && reaching.TryGetValue(column, out var above) && above.Rows > 0)
                    {
                        reaching[column] = above with { Rows = above.Rows - 1 };
                        cells.Add(above.Text);
                        continue;
                    }

                    reaching[column] = (text, (cell.Number("number-rows-spanned") ?? 1) - 1);
                    cells.Add(text);
                }
            }

            for (var copies = Math.Clamp(rows[i].Number("number-rows-repeated") ?? 1, 1, MaxRepeated); copies > 0; copies--) grid.Add(cells);
        }

        var header = table.Child("table-header-rows") is not null || TableBlocks.StandsAboveNumbers(grid) || IsFirstRowBold(rows, styles);
        return LinkPlaces.Put([.. TableBlocks.Of(grid, header, page: 0)], linked);
    }

    private static bool ArrangesThePage(List<Block> blocks) =>
        blocks.Sum(block => block.Text.Length) > LongCell || blocks.Exists(block => block.Kind is BlockKind.Heading or BlockKind.Table);

    private static IEnumerable<XElement> Rows(XElement table)
    {
        foreach (var child in table.Elements())
        {
            if (child.Is("table-row") && (child.Attr("visibility") is null or "visible")) yield return child;
            else if (child.Name.LocalName is "table-header-rows" or "table-rows" or "table-row-group")
                foreach (var row in Rows(child)) yield return row;
        }
    }

    private static bool IsFirstRowBold(List<XElement> rows, OpenTextStyles styles)
    {
        return rows.Count > 1 && IsBold(rows[0]) && !IsBold(rows[1]);

        bool IsBold(XElement row)
        {
            var paragraphs = row.Below("p").Where(p => !string.IsNullOrWhiteSpace(p.Value)).ToList();
            return paragraphs.Count > 0 && paragraphs.TrueForAll(p => styles.IsBold(p.Attr("style-name")) || p.Elements().All(span => span.Is("span") && styles.IsBold(span.Attr("style-name"))) && p.Nodes().All(node => node is XElement));
        }
    }
}
