using System.Text.RegularExpressions;
using Chatbot.Core.Extractions;
using Chatbot.Core.Tables;

namespace Chatbot.Ingestion.Extracting.Office;

/// <summary>Makes blocks of rows of cells: a table, questions with answers, or paragraphs where there is one column.</summary>
internal static partial class TableBlocks
{
    // A header names columns; longer cells say something.
    private const int MaxHeaderCell = 80;

    /// <param name="hasHeader">Null when the file does not tell: the cells must.</param>
    public static IEnumerable<Block> Of(IEnumerable<IReadOnlyList<string>> rows, bool? hasHeader, int page)
    {
        var grid = Tidy(rows);
        if (grid.Count == 0) return [];
        if (FaqColumns.Find(grid[0]) is { } faq && grid.Count > 1) return Questions(grid, faq, page);
        if (grid.Max(row => row.Count) == 1) return grid.Select(row => new Block { Kind = BlockKind.Paragraph, Text = row[0], Page = page });
        return [new()
        {
            Kind = BlockKind.Table,
            Text = string.Join('\n', grid.Select(row => string.Join(" | ", row))),
            Rows = grid,
            HasHeader = grid.Count > 1 && (hasHeader ?? LooksLikeHeader(grid[0])),
            Page = page,
        }];
    }

    /// <summary>Words in every column (the first may be empty), none of them twice, and no numbers.</summary>
    public static bool LooksLikeHeader(IReadOnlyList<string> row) =>
        row.Count(cell => cell.Length > 0) >= 2
        && row.Skip(1).All(cell => cell.Length > 0)
        && row.All(cell => cell.Length <= MaxHeaderCell && !NumberOrDate().IsMatch(cell))
        && row.Distinct(StringComparer.OrdinalIgnoreCase).Count() == row.Count;

    /// <summary>Words above numbers: a header also where none is declared.</summary>
    public static bool StandsAboveNumbers(IReadOnlyList<IReadOnlyList<string>> rows) =>
        rows.Count > 1 && LooksLikeHeader(rows[0]) && !rows[0].Any(cell => cell.Any(char.IsDigit))
        && Enumerable.Range(0, rows[0].Count).Any(column => rows.Skip(1).Count(row => column < row.Count && row[column].Any(char.IsDigit)) * 2 > rows.Count);

    private static List<IReadOnlyList<string>> Tidy(IEnumerable<IReadOnlyList<string>> rows)
    {
        var grid = new List<IReadOnlyList<string>>();
        foreach (var row in rows)
        {
            var cells = row.Select(cell => Blanks().Replace(cell, " ").Trim()).ToList();
            while (cells.Count > 0 && cells[^1].Length == 0) cells.RemoveAt(cells.Count - 1);
            if (cells.Count > 0) grid.Add(cells);
        }

        var margin = grid.Count == 0 ? 0 : grid.Min(row => row.TakeWhile(cell => cell.Length == 0).Count());
        return margin == 0 ? grid : grid.ConvertAll<IReadOnlyList<string>>(row => [.. row.Skip(margin)]);
    }

    private static IEnumerable<Block> Questions(List<IReadOnlyList<string>> grid, FaqColumns faq, int page)
    {
        foreach (var row in grid.Skip(1))
        {
            var question = Cell(row, faq.Question);
            var answer = Cell(row, faq.Answer);
            if (question.Length == 0 || answer.Length == 0) continue;
            var others = Enumerable.Range(0, row.Count)
                .Where(column => column != faq.Question && column != faq.Answer && row[column].Length > 0)
                .Select(column => Cell(grid[0], column) is { Length: > 0 } name ? $"{name}: {row[column]}" : row[column]);
            yield return new() { Kind = BlockKind.Faq, Text = string.Join('\n', others.Prepend(answer).Prepend(question)), Page = page };
        }
    }

    private static string Cell(IReadOnlyList<string> row, int column) => column < row.Count ? row[column] : "";

    [GeneratedRegex(@"^[\p{Sc}+\-–(]?\s*\d[\d\s.,:/\-']*\s*[%\p{Sc})]?(?:\s*\p{L}{1,3})?$")]
    private static partial Regex NumberOrDate();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
