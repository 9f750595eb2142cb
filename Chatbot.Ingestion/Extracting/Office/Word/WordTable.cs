using System.Xml.Linq;
using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting.Office.Word;

/// <summary>Reads a table, or what stands in it where it only arranges the page.</summary>
internal static class WordTable
{
    // Columns of running text are a page's columns; cells of data are short.
    private const int LongCell = 1_500;

    /// <param name="blocksOf">Reads what stands within an element.</param>
    public static IEnumerable<Block> Read(XElement table, OfficeOptions options, Func<XElement, List<Block>> blocksOf)
    {
        var rows = Rows(table).Select(row => Cells(row).Select(cell => (Cell: cell, Blocks: blocksOf(cell))).ToList()).ToList();
        var all = rows.SelectMany(row => row.Select(cell => cell.Blocks)).ToList();
        if (rows.All(row => row.Count <= 1) || all.Exists(ArrangesThePage)) return all.SelectMany(blocks => blocks);
        var isHeader = Rows(table).FirstOrDefault()?.Child("trPr").Child("tblHeader").IsOn() == true;
        var grid = new List<IReadOnlyList<string>>();
        var linked = new List<LinkedText>();
        var above = new List<string>();
        foreach (var row in rows)
        {
            var cells = new List<string>();
            foreach (var (cell, blocks) in row)
            {
                var properties = cell.Child("tcPr");
                // Down, each row gets the words, or it could not be read alone; across, they stand once.
                var goesOn = properties.Child("vMerge") is { } merge && merge.Attr("val") is null or "continue";
                cells.Add(goesOn && cells.Count < above.Count ? above[cells.Count] : string.Join(' ', blocks.Select(block => block.Text)));
                if (!goesOn) linked.Add(LinkedText.Join(blocks.Select(block => (block.Text, block.Links))));
                for (var span = properties.Child("gridSpan").Number("val") ?? 1; span > 1 && cells.Count < options.MaxColumns; span--) cells.Add("");
            }

            above = cells;
            grid.Add([.. cells.Take(options.MaxColumns)]);
        }

        bool? header = isHeader || TableBlocks.StandsAboveNumbers(grid) || IsFirstRowBold(table) ? true : false;
        return LinkPlaces.Put([.. TableBlocks.Of(grid, header, page: 0)], linked);
    }

    private static bool ArrangesThePage(List<Block> blocks) =>
        blocks.Sum(block => block.Text.Length) > LongCell || blocks.Exists(block => block.Kind is BlockKind.Heading or BlockKind.Table);

    private static IEnumerable<XElement> Rows(XElement table) => Inside(table, "tr").Where(row => row.Child("trPr").Child("del") is null && !row.Child("trPr").Child("hidden").IsOn());

    private static IEnumerable<XElement> Cells(XElement row) => Inside(row, "tc");

    private static IEnumerable<XElement> Inside(XElement parent, string name)
    {
        foreach (var child in parent.Elements())
        {
            if (child.Is(name)) yield return child;
            else if (child.Name.LocalName is "sdt" or "sdtContent" or "customXml" or "ins")
                foreach (var inner in Inside(child, name)) yield return inner;
        }
    }

    private static bool IsFirstRowBold(XElement table)
    {
        var rows = Rows(table).Take(2).Select(row => row.Below("r").Where(run => run.Child("t") is not null).ToList()).ToList();
        return rows.Count == 2 && rows[0].Count > 0 && rows[0].TrueForAll(IsBold) && !rows[1].TrueForAll(IsBold);

        static bool IsBold(XElement run) => run.Child("rPr").Child("b").IsOn();
    }
}
