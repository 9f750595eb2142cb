using System.Text;

namespace Chatbot.Core.Extractions;

/// <summary>Extractions as Markdown (CommonMark with tables), for people and language models.</summary>
public static class ExtractionMarkdown
{
    public static string ToMarkdown(this Extraction extraction)
    {
        var text = new StringBuilder();
        Block? before = null;
        foreach (var block in extraction.Blocks)
        {
            if (before is not null) text.Append(before.Kind == BlockKind.ListItem && block.Kind == BlockKind.ListItem ? "\n" : "\n\n");
            Append(text, block);
            before = block;
        }

        return text.Append('\n').ToString();
    }

    private static void Append(StringBuilder text, Block block)
    {
        switch (block.Kind)
        {
            case BlockKind.Heading:
                text.Append('#', Math.Clamp(block.Level, 1, 6)).Append(' ').Append(OneLine(Linked(block)));
                break;
            case BlockKind.ListItem:
                text.Append(' ', 2 * Math.Max(0, block.Level - 1));
                if (block.Text is not [>= '0' and <= '9', ..]) text.Append("- ");
                text.Append(Linked(block).Replace("\n", "\n  ", StringComparison.Ordinal));
                break;
            case BlockKind.Code:
                var fence = block.Text.Contains("```", StringComparison.Ordinal) ? "~~~~" : "```";
                text.Append(fence).Append('\n').Append(block.Text).Append('\n').Append(fence);
                break;
            case BlockKind.Quote:
                text.Append("> ").Append(Linked(block).Replace("\n", "\n> ", StringComparison.Ordinal));
                break;
            case BlockKind.Table when block.Rows is { Count: > 0 } rows:
                AppendTable(text, LinkedRows(block, rows), block.HasHeader);
                break;
            default:
                text.Append(Linked(block));
                break;
        }
    }

    private static string Linked(Block block) => Linked(block.Text, block.Links);

    private static string Linked(string words, IEnumerable<TextLink>? links)
    {
        if (links is null) return words;
        var text = new StringBuilder();
        var at = 0;
        foreach (var link in links)
        {
            if (link.Start < at || link.Start + link.Length > words.Length) continue;
            // The words may hold what ends a link in Markdown; an address in angle brackets ends with these alone.
            var shown = words.Substring(link.Start, link.Length).Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);
            text.Append(words, at, link.Start - at).Append('[').Append(OneLine(shown)).Append("](<").Append(link.Url).Append(">)");
            at = link.Start + link.Length;
        }

        return text.Append(words, at, words.Length - at).ToString();
    }

    // The cells stand one behind the other in the text of the table.
    private static IReadOnlyList<IReadOnlyList<string>> LinkedRows(Block table, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (table.Links is null) return rows;
        var at = 0;
        return [.. rows.Select(row => (IReadOnlyList<string>)[.. row.Select(cell =>
        {
            var start = cell.Length == 0 ? -1 : table.Text.IndexOf(cell, at, StringComparison.Ordinal);
            if (start < 0) return cell;
            at = start + cell.Length;
            return Linked(cell, TextLinks.Within(table.Links, start, cell.Length));
        })])];
    }

    private static void AppendTable(StringBuilder text, IReadOnlyList<IReadOnlyList<string>> rows, bool hasHeader)
    {
        var columns = rows.Max(r => r.Count);
        var header = hasHeader ? rows[0] : [];
        AppendRow(text, header, columns);
        text.Append('\n').Append('|').Insert(text.Length, " --- |", columns);
        foreach (var row in rows.Skip(hasHeader ? 1 : 0))
        {
            text.Append('\n');
            AppendRow(text, row, columns);
        }
    }

    private static void AppendRow(StringBuilder text, IReadOnlyList<string> cells, int columns)
    {
        text.Append('|');
        for (var i = 0; i < columns; i++) text.Append(' ').Append(i < cells.Count ? OneLine(cells[i]).Replace("|", "\\|", StringComparison.Ordinal) : "").Append(" |");
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
