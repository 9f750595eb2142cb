using System.Text;

namespace Chatbot.Api.Http;

/// <summary>Tables as spreadsheets write and read them. Pure.</summary>
internal static class CsvText
{
    /// <summary>UTF-8 or UTF-16 by its mark, UTF-8 when it is, else what Excel in Western Europe writes.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFF, 0xFE, ..]) return Encoding.Unicode.GetString(bytes[2..]);
        if (bytes is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        if (bytes is [0xEF, 0xBB, 0xBF, ..]) bytes = bytes[3..];
        var isUtf8 = System.Text.Unicode.Utf8.IsValid(bytes);
        return (isUtf8 ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(1252)!).GetString(bytes);
    }

    /// <summary>A cell for a file. Spreadsheets run what begins like a formula: <see cref="Cell"/> takes the mark off again.</summary>
    public static string Quote(string? cell) =>
        cell is not { Length: > 0 } ? "" : $"\"{(cell[0] is '=' or '+' or '-' or '@' ? "'" : "")}{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A cell of a row; empty where the row ends before it.</summary>
    public static string Cell(List<string> row, int column)
    {
        var cell = column < row.Count ? row[column].Trim() : "";
        return cell is ['\'', '=' or '+' or '-' or '@', ..] ? cell[1..] : cell;
    }
}
