using System.Text.Json;
using Chatbot.Api.Answering;
using Chatbot.Api.Evaluations;
using Chatbot.Api.Http;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Backends.Prompts;
using Chatbot.Core.KnowledgeBases;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chatbot.Api.Prompts;

/// <summary>Templates in files: taken in, given out.</summary>
internal static class PromptFileEndpoints
{
    private const int LargestFile = 5_000_000;
    private const int MostTemplates = 200;

    public static void MapPromptFiles(this RouteGroupBuilder templates)
    {
        templates.MapGet("/export", ExportAsync).WithSummary("All templates of a knowledge base as a file.").Produces(StatusCodes.Status200OK, contentType: "application/json");
        templates.MapPost("/import", ImportAsync)
            // ImportAsync limits it: see LimitedBody.
            .WithMetadata(new RequestSize(null))
            .WithSummary("Takes the templates of a file; one that is there gets a new version.")
            .Accepts<IReadOnlyList<ExportedPrompt>>("application/json");
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ExportAsync(
        PromptTemplateStore store, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken, string knowledgeBase = KnowledgeBase.DefaultName)
    {
        if (await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is not { } found) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        var all = await store.ListAsync(found.Id, cancellationToken);
        var bytes = JsonSerializer.SerializeToUtf8Bytes<IReadOnlyList<ExportedPrompt>>([.. all.Select(ExportedPrompt.From)], ApiJson.Default.IReadOnlyListExportedPrompt);
        return TypedResults.File(bytes, "application/json", $"prompts-{found.Name}.json");
    }

    private static async Task<Results<Ok<PromptImportReply>, Accepted<PromptImportReply>, ValidationProblem, ProblemHttpResult>> ImportAsync(
        HttpRequest request, PromptTemplateStore store, PromptBook book, KnowledgeBaseStore knowledgeBases, TemplateGate gate, CancellationToken cancellationToken,
        string knowledgeBase = KnowledgeBase.DefaultName, [FromQuery(Name = "gate")] bool isGated = true)
    {
        if (await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is not { } found) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        IReadOnlyList<PromptTemplateRequest?>? all;
        try
        {
            all = await JsonSerializer.DeserializeAsync(new LimitedBody(request.Body, LargestFile), ApiJson.Default.IReadOnlyListPromptTemplateRequest, cancellationToken);
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TypedResults.Problem($"A file has at most {LargestFile / 1_000_000} MB.", statusCode: StatusCodes.Status413PayloadTooLarge, title: "The file is too large");
        }
        catch (JsonException)
        {
            all = null;
        }

        var errors = new FieldErrors();
        errors.Check(all is not null, "file", "A list of objects with \"name\", \"language\" and \"text\" is expected, as it is exported.");
        errors.Check((all?.Count ?? 0) <= MostTemplates, "file", $"At most {MostTemplates} templates.");
        if (errors.Any) return errors.ToProblem();
        var reply = new PromptImportReply(0, 0, 0, 0, []);
        // By template: of one that is there twice the last counts.
        var changes = new Dictionary<string, PromptDraft>(StringComparer.Ordinal);
        foreach (var template in all!)
            reply = await ReadAsync(reply, found, template ?? new(), changes, store, cancellationToken);
        if (isGated && await gate.TryAsync(found.Id, [.. changes.Values], cancellationToken) is { } run)
            return TypedResults.Accepted($"/api/evaluations/{run.Id}", reply with { Waiting = changes.Count });
        await store.ReleaseAsync(found.Id, [.. changes.Values], unlessChanged: false, cancellationToken);
        book.Forget(found.Id);
        return TypedResults.Ok(reply with { Saved = changes.Count });
    }

    private static async Task<PromptImportReply> ReadAsync(
        PromptImportReply reply, KnowledgeBase knowledgeBase, PromptTemplateRequest template, Dictionary<string, PromptDraft> changes, PromptTemplateStore store, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        template.CheckPlace(errors);
        template.CheckText(errors);
        if (errors.Any)
            return reply with { Rejected = reply.Rejected + 1, Problems = [.. reply.Problems, $"{template.NameOrDefault}/{template.LanguageOrAny}: {errors.ToText()}"] };
        var id = PromptTemplateStore.IdOf(knowledgeBase.Id, template.NameOrDefault, template.LanguageOrAny);
        var known = await store.FindAsync(id, cancellationToken);
        var draft = template.ToDraft(id, template.NameOrDefault, template.LanguageOrAny, known?.Version ?? 0);
        if (known?.Text == draft.Text) return reply with { Unchanged = reply.Unchanged + 1 };
        changes[id] = draft;
        return reply;
    }
}
