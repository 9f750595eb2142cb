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
                text.Append('#', Math.Clamp(block.Level, 1, 6)).Append(' ').Append(OneLine(block.Text));
                break;
            case BlockKind.ListItem:
                text.Append(' ', 2 * Math.Max(0, block.Level - 1));
                if (block.Text is not [>= '0' and <= '9', ..]) text.Append("- ");
                text.Append(block.Text.Replace("\n", "\n  ", StringComparison.Ordinal));
                break;
            case BlockKind.Code:
                var fence = block.Text.Contains("```", StringComparison.Ordinal) ? "~~~~" : "```";
                text.Append(fence).Append('\n').Append(block.Text).Append('\n').Append(fence);
                break;
            case BlockKind.Quote:
                text.Append("> ").Append(block.Text.Replace("\n", "\n> ", StringComparison.Ordinal));
                break;
            case BlockKind.Table when block.Rows is { Count: > 0 } rows:
                AppendTable(text, rows, block.HasHeader);
                break;
            default:
                text.Append(block.Text);
                break;
        }
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
