using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Chatbot.Backends.Evaluation;
using Chatbot.Core.Tables;

namespace Chatbot.Api.Evaluations.Golden;

/// <summary>Golden questions in files: one JSON object a line, or CSV with a header and several pages or phrases of a question apart by line breaks. Pure.</summary>
public static class GoldenFile
{
    private const int MostColumns = 50;
    private static readonly string[] s_columns = ["id", "question", "language", "kind", "expected_pages", "expected_phrases", "draft"];

    // People read these files, too: umlauts and Chinese stay as they are.
    private static readonly GoldenJson s_readable = new(new JsonSerializerOptions(GoldenJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Reads JSON lines; empty ones count for nothing.</summary>
    /// <exception cref="FormatException">A line cannot be read; the message names it.</exception>
    public static IReadOnlyList<GoldenRequest> ReadLines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var questions = new List<GoldenRequest>();
        var number = 0;
        foreach (var line in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            try
            {
                questions.Add((JsonSerializer.Deserialize(line, GoldenJson.Default.GoldenLine) ?? throw new JsonException("it says null.")).ToRequest());
            }
            catch (JsonException error)
            {
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Line {number} is no question: {error.Message}"));
            }
        }

        return questions;
    }

    /// <exception cref="FormatException">There is no column of questions.</exception>
    internal static IReadOnlyList<GoldenRequest> ReadCsv(string text)
    {
        text = text.TrimStart('\uFEFF');
        var (delimiter, start) = CsvDelimiter.Find(text);
        var rows = CsvCells.Read(text, start, delimiter, MostColumns).Select(row => row.Cells).ToList();
        var header = rows.Count == 0 ? [] : rows[0].ConvertAll(cell => cell.Trim().ToLowerInvariant().Replace(' ', '_'));
        if (!header.Contains("question")) throw new FormatException("The first line must name the columns, among them question.");
        return [.. rows.Skip(1).Where(row => row.Any(cell => cell.Trim().Length > 0)).Select(row =>
        {
            var cells = s_columns.ToDictionary(name => name, name => header.IndexOf(name) is >= 0 and var at && at < row.Count ? Bare(row[at].Trim()) : "");
            return new GoldenRequest
            {
                Name = cells["id"],
                Question = cells["question"],
                Language = cells["language"],
                Kind = cells["kind"],
                ExpectedPages = Lines(cells["expected_pages"]),
                ExpectedPhrases = Lines(cells["expected_phrases"]),
                Draft = cells["draft"].ToLowerInvariant() is "true" or "1" or "yes",
            };
        })];
    }

    internal static byte[] WriteLines(IEnumerable<GoldenQuestion> questions) =>
        Encoding.UTF8.GetBytes(string.Concat(questions.Select(question => JsonSerializer.Serialize(GoldenLine.From(question), s_readable.GoldenLine) + "\n")));

    internal static byte[] WriteCsv(IEnumerable<GoldenQuestion> questions)
    {
        var text = new StringBuilder("\uFEFF").AppendJoin(',', s_columns).Append("\r\n");
        foreach (var it in questions)
        {
            string?[] cells = [it.Name, it.Question, it.Language, it.Kind, string.Join('\n', it.ExpectedPages), string.Join('\n', it.ExpectedPhrases), it.IsDraft ? "true" : ""];
            text.AppendJoin(',', cells.Select(Quote)).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string[] Lines(string cell) => cell.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // Spreadsheets run what begins like a formula.
    private static string Quote(string? cell) =>
        cell is not { Length: > 0 } ? "" : $"\"{(cell[0] is '=' or '+' or '-' or '@' ? "'" : "")}{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Bare(string cell) => cell is ['\'', '=' or '+' or '-' or '@', ..] ? cell[1..] : cell;
}

/// <summary>A line of a file with golden questions.</summary>
internal sealed record GoldenLine
{
    public string? Id { get; init; }

    public string? Question { get; init; }

    public string? Language { get; init; }

    [JsonPropertyName("expected_pages")]
    public IReadOnlyList<string>? ExpectedPages { get; init; }

    [JsonPropertyName("expected_phrases")]
    public IReadOnlyList<string>? ExpectedPhrases { get; init; }

    public string? Kind { get; init; }

    /// <summary>Where the answer also is in a PDF: its file, and the pages within it.</summary>
    [JsonPropertyName("pdf_pages")]
    public Dictionary<string, IReadOnlyList<int>>? PdfPages { get; init; }

    public bool? Draft { get; init; }

    public GoldenRequest ToRequest() => new()
    {
        Name = Id,
        Question = Question,
        Language = Language,
        Kind = Kind,
        ExpectedPages =
        [
            .. ExpectedPages ?? [],
            .. (PdfPages ?? []).SelectMany(file => file.Value.Select(page => string.Create(CultureInfo.InvariantCulture, $"{file.Key}#page={page}"))),
        ],
        ExpectedPhrases = ExpectedPhrases,
        Draft = Draft,
    };

    public static GoldenLine From(GoldenQuestion it) => new()
    {
        Id = it.Name,
        Question = it.Question,
        Language = it.Language,
        ExpectedPages = it.ExpectedPages,
        ExpectedPhrases = it.ExpectedPhrases,
        Kind = it.Kind,
        Draft = it.IsDraft ? true : null,
    };
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GoldenLine))]
internal sealed partial class GoldenJson : JsonSerializerContext;
