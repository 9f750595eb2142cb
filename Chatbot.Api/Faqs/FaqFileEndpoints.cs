using Chatbot.Api.Answering;
using Chatbot.Api.Http;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.KnowledgeBases;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Chatbot.Api.Faqs;

/// <summary>Entries in files: taken in, given out.</summary>
internal static class FaqFileEndpoints
{
    private const string Csv = "text/csv";
    private const string Json = "application/json";

    public static void MapFaqFiles(this RouteGroupBuilder faqs)
    {
        faqs.MapGet("/export", ExportAsync).WithSummary("All entries of a knowledge base as a file, csv or json.")
            .Produces(StatusCodes.Status200OK, contentType: Csv, additionalContentTypes: Json);
        faqs.MapPost("/import", ImportAsync)
            // ImportAsync limits it: see LimitedBody.
            .WithMetadata(new RequestSize(null))
            .WithSummary("Takes the entries of a file (text/csv or application/json); those that are there are changed.")
            .Accepts<string>(Csv, Json)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
    }

    private static async Task<Results<FileContentHttpResult, ValidationProblem, ProblemHttpResult>> ExportAsync(
        FaqFiles files, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken, string knowledgeBase = KnowledgeBase.DefaultName, string format = "csv")
    {
        if (format is not ("csv" or "json"))
        {
            var errors = new FieldErrors();
            errors.Add("format", "csv or json.");
            return errors.ToProblem();
        }

        if (await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is not { } found) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        var (bytes, _) = await files.ExportAsync(found, format == "csv" ? FaqFileFormat.Csv : FaqFileFormat.Json, cancellationToken);
        return TypedResults.File(bytes, format == "csv" ? $"{Csv}; charset=utf-8" : Json, $"faq-{found.Name}.{format}");
    }

    private static async Task<Results<Ok<FaqImportReply>, ValidationProblem, ProblemHttpResult>> ImportAsync(
        HttpRequest request, FaqFiles files, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken,
        string knowledgeBase = KnowledgeBase.DefaultName, bool replace = false)
    {
        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed.MediaType.Value?.ToLowerInvariant() : null;
        if (type is not (Csv or Json))
            return TypedResults.Problem("Send the file as text/csv or application/json.", statusCode: StatusCodes.Status415UnsupportedMediaType, title: "Not a file of entries");
        if (await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is not { } found) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        using var body = new MemoryStream();
        try
        {
            await new LimitedBody(request.Body, FaqFiles.Largest).CopyToAsync(body, cancellationToken);
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TypedResults.Problem($"A file has at most {FaqFiles.Largest / 1_000_000} MB.", statusCode: StatusCodes.Status413PayloadTooLarge, title: "The file is too large");
        }

        var (reply, problem) = await files.ImportAsync(
            found, body.GetBuffer().AsMemory(0, (int)body.Length), type == Csv ? FaqFileFormat.Csv : FaqFileFormat.Json, replace, cancellationToken);
        var errors = new FieldErrors();
        errors.Check(problem is null, "file", problem ?? "");
        return reply is null ? errors.ToProblem() : TypedResults.Ok(reply);
    }
}
