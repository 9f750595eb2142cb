using System.Text;
using System.Text.Json;
using Chatbot.Api.Answering;
using Chatbot.Api.Http;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Backends.Routing;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Core.Tables;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Chatbot.Api.Routing;

/// <summary>Examples in files: CSV has the examples alone, JSON the intents, too.</summary>
internal static class ExampleFileEndpoints
{
    private const string Csv = "text/csv";
    private const string Json = "application/json";
    private const int LargestFile = 5_000_000;

    private static readonly string[] s_intent = ["intent", "absicht", "intention", "route", "意图"];
    private static readonly string[] s_text = ["text", "example", "beispiel", "exemple", "question", "frage", "例句", "示例", "问题"];
    private static readonly string[] s_language = ["language", "lang", "sprache", "langue", "语言"];

    public static void MapExampleFiles(this RouteGroupBuilder examples)
    {
        examples.MapGet("/export", ExportAsync).WithSummary("All examples of a knowledge base as a file, csv or json; json has the intents, too.")
            .Produces(StatusCodes.Status200OK, contentType: Csv, additionalContentTypes: Json);
        examples.MapPost("/import", ImportAsync)
            // ImportAsync limits it: see LimitedBody.
            .WithMetadata(new RequestSize(null))
            .WithSummary("Takes the examples of a file (text/csv or application/json); texts that are there are changed.")
            .Accepts<string>(Csv, Json)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
    }

    private static async Task<Results<FileContentHttpResult, ValidationProblem, ProblemHttpResult>> ExportAsync(
        ExampleStore examples, IntentStore intents, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken,
        string knowledgeBase = KnowledgeBase.DefaultName, string format = "csv")
    {
        var errors = new FieldErrors();
        errors.Check(format is "csv" or "json", "format", "csv or json.");
        if (errors.Any) return errors.ToProblem();
        if (await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is not { } found) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        var all = await examples.ListAsync(new ExampleFilter { KnowledgeBaseId = found.Id, Limit = int.MaxValue }, cancellationToken);
        if (format == "json")
        {
            var file = new ExampleFile(
                [.. (await intents.ListAsync(found.Id, cancellationToken)).Select(intent => new ExportedIntent(intent.Name, intent.Answers, intent.Template))],
                [.. all.Select(example => new ExampleRequest { Intent = example.Intent, Text = example.Text, Language = example.Language })]);
            return TypedResults.File(JsonSerializer.SerializeToUtf8Bytes(file, ApiJson.Default.ExampleFile), Json, $"examples-{found.Name}.json");
        }

        var text = new StringBuilder("\uFEFFintent,text,language\r\n");
        foreach (var example in all)
            text.AppendJoin(',', CsvText.Quote(example.Intent), CsvText.Quote(example.Text), CsvText.Quote(example.Language)).Append("\r\n");
        return TypedResults.File(Encoding.UTF8.GetBytes(text.ToString()), $"{Csv}; charset=utf-8", $"examples-{found.Name}.csv");
    }

    private static async Task<Results<Ok<ExampleImportReply>, ValidationProblem, ProblemHttpResult>> ImportAsync(
        HttpRequest request, ExampleImporter importer, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken,
        string knowledgeBase = KnowledgeBase.DefaultName, bool replace = false)
    {
        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed.MediaType.Value?.ToLowerInvariant() : null;
        if (type is not (Csv or Json))
            return TypedResults.Problem("Send the file as text/csv or application/json.", statusCode: StatusCodes.Status415UnsupportedMediaType, title: "Not a file of examples");
        if (await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is not { } found) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        using var body = new MemoryStream();
        try
        {
            await new LimitedBody(request.Body, LargestFile).CopyToAsync(body, cancellationToken);
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TypedResults.Problem($"A file has at most {LargestFile / 1_000_000} MB.", statusCode: StatusCodes.Status413PayloadTooLarge, title: "The file is too large");
        }

        var bytes = body.GetBuffer().AsSpan(0, (int)body.Length);
        var file = type == Csv ? ReadCsv(bytes) : ReadJson(bytes);
        var errors = new FieldErrors();
        errors.Check(file is not null, "file", type == Csv
            ? "The first line must name the columns, among them intent and text."
            : "A list of objects with \"intent\" and \"text\" is expected, or an object with such a list as \"examples\", as it is exported.");
        errors.Check((file?.Examples?.Count ?? 0) <= ExampleImporter.MostExamples, "file", $"At most {ExampleImporter.MostExamples} examples.");
        errors.Check((file?.Intents?.Count ?? 0) <= ExampleImporter.MostIntents, "file", $"At most {ExampleImporter.MostIntents} intents.");
        return errors.Any ? errors.ToProblem() : TypedResults.Ok(await importer.ImportAsync(found, file!, replace, cancellationToken));
    }

    private static ExampleFile? ReadCsv(ReadOnlySpan<byte> bytes)
    {
        var text = CsvText.Decode(bytes);
        var (delimiter, start) = CsvDelimiter.Find(text);
        var rows = CsvCells.Read(text, start, delimiter, 20).Select(row => row.Cells).ToList();
        if (rows.Count == 0) return null;
        var header = rows[0].ConvertAll(cell => cell.Trim().ToLowerInvariant());
        var (intent, words, language) = (header.FindIndex(s_intent.Contains), header.FindIndex(s_text.Contains), header.FindIndex(s_language.Contains));
        if (intent < 0 || words < 0) return null;
        return new(null, [.. rows.Skip(1).Select(row => new ExampleRequest { Intent = CsvText.Cell(row, intent), Text = CsvText.Cell(row, words), Language = language < 0 ? null : CsvText.Cell(row, language) })]);
    }

    private static ExampleFile? ReadJson(ReadOnlySpan<byte> bytes)
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
}
