using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting.Office.Sheets;

/// <summary>Finds what stands on a sheet: lines of text above, below and between tables, which empty rows set apart.</summary>
internal static class SheetAreas
{
    public static IReadOnlyList<Block> ToBlocks(IReadOnlyList<(int Number, List<string> Cells)> rows)
    {
        var blocks = new List<Block>();
        var table = new List<IReadOnlyList<string>>();
        var last = 0;
        foreach (var (number, cells) in rows)
        {
            // A table goes on behind an empty row, unless a new header or a line of text comes.
            if (number > last + 1 && table.Count > 0 && (Filled(cells) == 1 || TableBlocks.LooksLikeHeader(From(cells)))) Close();
            last = number;
            // Titles and remarks.
            if (table.Count == 0 && Filled(cells) == 1)
                blocks.Add(new() { Kind = BlockKind.Paragraph, Text = cells.First(cell => cell.Length > 0).ReplaceLineEndings(" ").Trim() });
            else
                table.Add(cells);
        }

        Close();
        return blocks;

        void Close()
        {
            if (table.Count > 0) blocks.AddRange(TableBlocks.Of(table, TableBlocks.LooksLikeHeader(From(table[0])), page: 0));
            table = [];
        }
    }

    private static int Filled(List<string> cells) => cells.Count(cell => cell.Length > 0);

    private static List<string> From(IReadOnlyList<string> cells) => [.. cells.SkipWhile(cell => cell.Length == 0)];
}
