using Chatbot.Api.Answering;
using Chatbot.Api.Http;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.KnowledgeBases;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Api.Faqs;

/// <summary>Entries in files: taken in, given out.</summary>
internal static class FaqFileEndpoints
{
    private static readonly string[] s_types = [SentFile.Csv, SentFile.Json];

    public static void MapFaqFiles(this RouteGroupBuilder faqs)
    {
        faqs.MapGet("/export", ExportAsync).WithSummary("All entries of a knowledge base as a file, csv or json.")
            .Produces(StatusCodes.Status200OK, contentType: SentFile.Csv, additionalContentTypes: SentFile.Json);
        faqs.MapPost("/import", ImportAsync).WithSummary("Takes the entries of a file (text/csv or application/json); those that are there are changed.").TakesFile(s_types);
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
        return TypedResults.File(bytes, format == "csv" ? $"{SentFile.Csv}; charset=utf-8" : SentFile.Json, $"faq-{found.Name}.{format}");
    }

    private static async Task<Results<Ok<FaqImportReply>, ValidationProblem, ProblemHttpResult>> ImportAsync(
        HttpRequest request, FaqFiles files, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken,
        string knowledgeBase = KnowledgeBase.DefaultName, bool replace = false)
    {
        if (await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is not { } found) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        var (sent, unreadable) = await SentFile.ReadAsync(request, "a file of entries", FaqFiles.Largest, s_types, cancellationToken);
        if (unreadable is not null) return unreadable;
        var (reply, problem) = await files.ImportAsync(
            found, sent!.Bytes, sent.Type == SentFile.Csv ? FaqFileFormat.Csv : FaqFileFormat.Json, replace, cancellationToken);
        var errors = new FieldErrors();
        errors.Check(problem is null, "file", problem ?? "");
        return reply is null ? errors.ToProblem() : TypedResults.Ok(reply);
    }
}
