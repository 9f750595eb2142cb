namespace Chatbot.Core.Tables;

/// <summary>
/// Cuts CSV text into rows of cells (RFC 4180). Takes what is no proper CSV as well: a quote within a cell is a quote,
/// a cell that is quoted and never ends has the rest of the text. Pure.
/// </summary>
public static class CsvCells
{
    /// <param name="most">Cells of a row that are kept.</param>
    /// <returns>Rows that are not empty, with the number of cells they have.</returns>
    public static IEnumerable<(List<string> Cells, int Columns)> Read(string text, int start, char delimiter, int most)
    {
        var cells = new List<string>();
        var columns = 0;
        for (var at = start; at < text.Length;)
        {
            var (cell, end) = Cell(text, at, delimiter);
            columns++;
            if (cells.Count < most) cells.Add(cell);
            at = end + 1;
            if (end < text.Length && text[end] == delimiter && at < text.Length) continue;
            if (cells.Exists(c => c.Length > 0)) yield return (cells, columns);
            (cells, columns) = ([], 0);
            if (end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n') at++;
        }
    }

    /// <summary>A text as a cell, in quotation marks where it needs them.</summary>
    public static string Quote(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return "";
        // Text of strangers must not become a formula in somebody's spreadsheet.
        if (value[0] is '=' or '+' or '-' or '@' or '\t' or '\r')
            value = "'" + value;

        return value.AsSpan().ContainsAny(",\"\r\n") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
    }

    /// <returns>The cell, and where the delimiter or the end of the line behind it stands.</returns>
    private static (string Cell, int End) Cell(string text, int start, char delimiter)
    {
        if (text[start] != '"') return Plain(text, start, delimiter);
        for (var at = start + 1; ;)
        {
            at = text.IndexOf('"', at);
            // No end: the quote is the last thing that is known of the cell.
            if (at < 0) return (text[(start + 1)..], text.Length);
            if (at + 1 < text.Length && text[at + 1] == '"')
            {
                at += 2;
                continue;
            }

            var (rest, end) = Plain(text, at + 1, delimiter);
            return (text[(start + 1)..at].Replace("\"\"", "\"", StringComparison.Ordinal) + rest, end);
        }
    }

    private static (string Cell, int End) Plain(string text, int start, char delimiter)
    {
        var length = text.AsSpan(start).IndexOfAny(delimiter, '\r', '\n');
        var end = length < 0 ? text.Length : start + length;
        return (text[start..end], end);
    }
}
