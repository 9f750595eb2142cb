using System.Text;
using System.Text.Json;
using Chatbot.Api.Http;
using Chatbot.Core.Faqs;
using Chatbot.Core.Tables;

namespace Chatbot.Api.Faqs;

/// <summary>
/// Files with questions and answers: CSV with a header (columns that are called nothing that is known here become lines below
/// the answer, as in tables that are crawled or uploaded), or JSON as it is exported. What a file does not have of an entry is
/// null, what it leaves empty is empty. Pure.
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
        var text = CsvText.Decode(bytes);
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
            return JsonSerializer.Deserialize(CsvText.Decode(bytes), ApiJson.Default.IReadOnlyListFaqRequest)?.Select(entry => entry ?? new()).ToList();
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
            text.AppendJoin(',', cells.Select(CsvText.Quote)).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static FaqRequest Entry(List<string> header, List<string> row, FaqColumns faq)
    {
        var known = new string?[s_columns.Length];
        // A column that is there says something of each entry, be it that there is nothing: rows may end before it.
        foreach (var name in header)
            if (s_names.TryGetValue(name, out var column)) known[column] = "";
        var answer = new StringBuilder(CsvText.Cell(row, faq.Answer));
        for (var i = 0; i < row.Count; i++)
        {
            if (i == faq.Question || i == faq.Answer) continue;
            var name = i < header.Count ? header[i] : "";
            if (s_names.TryGetValue(name, out var column)) known[column] = string.IsNullOrEmpty(known[column]) ? CsvText.Cell(row, i) : known[column];
            else if (row[i].Trim().Length > 0) answer.Append('\n').Append(name.Length > 0 ? $"{name}: " : "").Append(CsvText.Cell(row, i));
        }

        return new()
        {
            Id = string.IsNullOrEmpty(known[0]) ? null : known[0],
            Question = CsvText.Cell(row, faq.Question),
            Alternatives = known[2]?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Answer = answer.ToString(),
            Language = known[4]?.ToLowerInvariant(),
            Link = known[5],
        };
    }

    private static Dictionary<string, int> Names(params ReadOnlySpan<(int Column, string[] Names)> columns)
    {
        var all = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var (column, names) in columns)
            foreach (var name in names) all[name] = column;
        return all;
    }
}
