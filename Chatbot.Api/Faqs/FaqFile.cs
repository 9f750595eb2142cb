using System.Text;
using System.Text.Json;
using Chatbot.Core.Faqs;
using Chatbot.Core.Tables;

namespace Chatbot.Api.Faqs;

/// <summary>
/// Files with questions and answers: CSV with a header (columns that are called nothing that is known here become lines below
/// the answer, as in tables that are crawled or uploaded), or JSON as it is exported. Pure.
/// </summary>
internal static class FaqFile
{
    private const int MostColumns = 100;

    private static readonly string[] s_columns = ["id", "question", "alternatives", "answer", "language", "link"];

    private static readonly Dictionary<string, int> s_names = Names(
        (0, ["id"]),
        (2, ["alternatives", "alternative", "alternative questions", "variants", "synonyms", "alternativfragen", "alternativen", "varianten", "variantes", "autres questions", "其他问法", "相似问题", "相似问"]),
        (4, ["language", "lang", "sprache", "langue", "语言", "語言"]),
        (5, ["link", "url", "source", "quelle", "lien", "链接", "連結", "来源"]));

    /// <returns>The entries in order; null when the file has no column of questions or none of answers.</returns>
    public static IReadOnlyList<FaqRequest>? ReadCsv(ReadOnlySpan<byte> bytes)
    {
        var text = Decode(bytes);
        var (delimiter, start) = CsvDelimiter.Find(text);
        var rows = CsvCells.Read(text, start, delimiter, MostColumns).Select(row => row.Cells).ToList();
        if (rows.Count == 0 || FaqColumns.Find(rows[0]) is not { } faq) return null;
        var header = rows[0].ConvertAll(FaqColumns.Name);
        return rows.Skip(1).Select(row => Entry(header, row, faq)).ToList();
    }

    /// <returns>The entries in order; null when it is no list of such entries.</returns>
    public static IReadOnlyList<FaqRequest>? ReadJson(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(Decode(bytes), ApiJson.Default.IReadOnlyListFaqRequest)?.Select(entry => entry ?? new()).ToList();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static byte[] WriteCsv(IEnumerable<FaqEntry> entries)
    {
        var text = new StringBuilder("\uFEFF").AppendJoin(',', s_columns).Append("\r\n");
        foreach (var (id, content) in entries.Select(entry => (entry.Id, entry.Content)))
        {
            string?[] cells = [id, content.Question, string.Join('\n', content.Alternatives ?? []), content.Answer, content.Language, content.Link];
            text.AppendJoin(',', cells.Select(Quote)).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static FaqRequest Entry(List<string> header, List<string> row, FaqColumns faq)
    {
        var known = new string?[s_columns.Length];
        var answer = new StringBuilder(Cell(row, faq.Answer));
        for (var i = 0; i < row.Count; i++)
        {
            if (i == faq.Question || i == faq.Answer || row[i].Trim().Length == 0) continue;
            var name = i < header.Count ? header[i] : "";
            if (s_names.TryGetValue(name, out var column)) known[column] ??= Cell(row, i);
            else answer.Append('\n').Append(name.Length > 0 ? $"{name}: " : "").Append(Cell(row, i));
        }

        return new()
        {
            Id = known[0],
            Question = Cell(row, faq.Question),
            Alternatives = known[2]?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Answer = answer.ToString(),
            Language = known[4]?.ToLowerInvariant(),
            Link = known[5],
        };
    }

    private static string Cell(List<string> row, int column)
    {
        var cell = column < row.Count ? row[column].Trim() : "";
        return cell is ['\'', '=' or '+' or '-' or '@', ..] ? cell[1..] : cell;
    }

    // Spreadsheets run what begins like a formula.
    private static string Quote(string? cell) =>
        cell is not { Length: > 0 } ? "" : $"\"{(cell[0] is '=' or '+' or '-' or '@' ? "'" : "")}{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // UTF-8 or UTF-16 by its mark, UTF-8 when it is, else what Excel in Western Europe writes.
    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFF, 0xFE, ..]) return Encoding.Unicode.GetString(bytes[2..]);
        if (bytes is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        if (bytes is [0xEF, 0xBB, 0xBF, ..]) bytes = bytes[3..];
        var isUtf8 = System.Text.Unicode.Utf8.IsValid(bytes);
        return (isUtf8 ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(1252)!).GetString(bytes);
    }

    private static Dictionary<string, int> Names(params ReadOnlySpan<(int Column, string[] Names)> columns)
    {
        var all = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var (column, names) in columns)
            foreach (var name in names) all[name] = column;
        return all;
    }
}
