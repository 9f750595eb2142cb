using Chatbot.Api.Answering;
using Chatbot.Api.Http;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Backends.Routing;
using Chatbot.Core.KnowledgeBases;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Api.Routing;

/// <summary>Examples in files: taken in, given out.</summary>
internal static class ExampleFileEndpoints
{
    private const int LargestFile = 5_000_000;

    private static readonly string[] s_types = [SentFile.Csv, SentFile.Json];

    public static void MapExampleFiles(this RouteGroupBuilder examples)
    {
        examples.MapGet("/export", ExportAsync).WithSummary("All examples of a knowledge base as a file, csv or json; json has the intents, too.")
            .Produces(StatusCodes.Status200OK, contentType: SentFile.Csv, additionalContentTypes: SentFile.Json);
        examples.MapPost("/import", ImportAsync).WithSummary("Takes the examples of a file (text/csv or application/json); texts that are there are changed.").TakesFile(s_types);
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
        return format == "json"
            ? TypedResults.File(ExampleTable.WriteJson(await intents.ListAsync(found.Id, cancellationToken), all), SentFile.Json, $"examples-{found.Name}.json")
            : TypedResults.File(ExampleTable.WriteCsv(all), $"{SentFile.Csv}; charset=utf-8", $"examples-{found.Name}.csv");
    }

    private static async Task<Results<Ok<ExampleImportReply>, ValidationProblem, ProblemHttpResult>> ImportAsync(
        HttpRequest request, ExampleImporter importer, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken,
        string knowledgeBase = KnowledgeBase.DefaultName, bool replace = false)
    {
        if (await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is not { } found) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        var (sent, problem) = await SentFile.ReadAsync(request, "a file of examples", LargestFile, s_types, cancellationToken);
        if (problem is not null) return problem;
        var isCsv = sent!.Type == SentFile.Csv;
        var file = isCsv ? ExampleTable.ReadCsv(sent.Bytes.Span) : ExampleTable.ReadJson(sent.Bytes.Span);
        var errors = new FieldErrors();
        errors.Check(file is not null, "file", isCsv
            ? "The first line must name the columns, among them intent and text."
            : "A list of objects with \"intent\" and \"text\" is expected, or an object with such a list as \"examples\", as it is exported.");
        errors.Check((file?.Examples?.Count ?? 0) <= ExampleImporter.MostExamples, "file", $"At most {ExampleImporter.MostExamples} examples.");
        errors.Check((file?.Intents?.Count ?? 0) <= ExampleImporter.MostIntents, "file", $"At most {ExampleImporter.MostIntents} intents.");
        return errors.Any ? errors.ToProblem() : TypedResults.Ok(await importer.ImportAsync(found, file!, replace, cancellationToken));
    }
}
