using System.Text;
using System.Text.Json;
using Chatbot.Api.Http;
using Chatbot.Core.Routing;
using Chatbot.Core.Tables;

namespace Chatbot.Api.Routing;

/// <summary>Files with examples: CSV has the examples alone, JSON the intents, too. Pure.</summary>
internal static class ExampleTable
{
    private const int MostColumns = 20;

    private static readonly string[] s_intent = ["intent", "absicht", "intention", "route", "意图"];
    private static readonly string[] s_text = ["text", "example", "beispiel", "exemple", "question", "frage", "例句", "示例", "问题"];
    private static readonly string[] s_language = ["language", "lang", "sprache", "langue", "语言"];
    private static readonly string[] s_link = ["link", "url", "source", "quelle", "lien", "链接", "来源"];

    /// <returns>Null when the file has no column of intents or none of texts.</returns>
    public static ExampleFile? ReadCsv(ReadOnlySpan<byte> bytes)
    {
        var text = CsvText.Decode(bytes);
        var (delimiter, start) = CsvDelimiter.Find(text);
        var rows = CsvCells.Read(text, start, delimiter, MostColumns).Select(row => row.Cells).ToList();
        if (rows.Count == 0) return null;
        var header = rows[0].ConvertAll(cell => cell.Trim().ToLowerInvariant());
        var (intent, words, language, link) = (header.FindIndex(s_intent.Contains), header.FindIndex(s_text.Contains), header.FindIndex(s_language.Contains), header.FindIndex(s_link.Contains));
        if (intent < 0 || words < 0) return null;
        return new(null, [.. rows.Skip(1).Select(row => new ExampleRequest { Intent = CsvText.Cell(row, intent), Text = CsvText.Cell(row, words), Language = Cell(row, language), Link = Cell(row, link) })]);
    }

    /// <returns>Null when it is neither a list of examples nor an object with one, as it is exported.</returns>
    public static ExampleFile? ReadJson(ReadOnlySpan<byte> bytes)
    {
        var text = CsvText.Decode(bytes);
        try
        {
            return text.AsSpan().TrimStart().StartsWith("[", StringComparison.Ordinal)
                ? new(null, JsonSerializer.Deserialize(text, ApiJson.Default.IReadOnlyListExampleRequest))
                : JsonSerializer.Deserialize(text, ApiJson.Default.ExampleFile) is { Examples: not null } file ? file : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static byte[] WriteCsv(IEnumerable<Example> examples)
    {
        var text = new StringBuilder("\uFEFFintent,text,language,link\r\n");
        foreach (var example in examples)
            text.AppendJoin(',', CsvText.Quote(example.Intent), CsvText.Quote(example.Text), CsvText.Quote(example.Language), CsvText.Quote(example.Link)).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static byte[] WriteJson(IEnumerable<Intent> intents, IEnumerable<Example> examples) => JsonSerializer.SerializeToUtf8Bytes(
        new ExampleFile(
            [.. intents.Select(intent => new ExportedIntent(intent.Name, intent.Answers, intent.Template))],
            [.. examples.Select(example => new ExampleRequest { Intent = example.Intent, Text = example.Text, Language = example.Language, Link = example.Link })]),
        ApiJson.Default.ExampleFile);

    private static string? Cell(List<string> row, int column) => column < 0 ? null : CsvText.Cell(row, column);
}
