using Chatbot.Api.Answering;
using Chatbot.Api.Answering.Guarding;
using Chatbot.Api.Answering.Wording;
using Chatbot.Api.Evaluations;
using Chatbot.Api.Http;
using Chatbot.Backends.Evaluation;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Backends.Prompts;
using Chatbot.Core.KnowledgeBases;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chatbot.Api.Prompts;

internal static class PromptTemplateEndpoints
{
    // A template of 20,000 characters has 120,000 bytes when each is escaped.
    private const long LargestBody = 512 * 1024;

    public static void MapPromptTemplates(this RouteGroupBuilder admin)
    {
        var group = admin.MapGroup("/prompt-templates").WithTags("Prompt templates").WithMetadata(new RequestSize(LargestBody));
        group.MapGet("/", ListAsync).WithSummary("The templates of a knowledge base as they are in use.");
        group.MapPost("/", CreateAsync).WithSummary("Adds a template.");
        group.MapGet("/shipped", () => TypedResults.Ok(ListReply.All<ShippedPromptReply>([.. Languages.Known.Order(StringComparer.Ordinal).Select(language => new ShippedPromptReply(language, ShippedPrompts.Of(language)))])))
            .WithSummary("The templates that come with the product: in use where a knowledge base has none of its own.");
        group.MapGet("/waiting", ListWaitingAsync).WithSummary("Evaluations of versions that are not in use yet: they are being measured, or are held back.");
        group.MapPost("/preview", PreviewAsync).WithSummary("What a model would be sent for a question, by a template that need not be saved.");
        group.MapGet("/{id}", FindAsync).WithSummary("A template as it is in use.");
        group.MapPut("/{id}", UpdateAsync).WithSummary("Changes a template: the text becomes its next version.");
        group.MapDelete("/{id}", DeleteAsync).WithSummary("Deletes a template with its versions; the shipped one takes its place.");
        group.MapGet("/{id}/versions", ListVersionsAsync).WithSummary("All versions, the newest first.");
        group.MapGet("/{id}/versions/{version}", FindVersionAsync).WithSummary("A version.");
        group.MapPost("/{id}/versions/{version}/restore", RestoreAsync).WithSummary("Makes the text of a version the next version.");
        group.MapGet("/{id}/diff", CompareAsync).WithSummary("What changed between two versions; 0 is the shipped template.");
        group.MapPromptFiles();
    }

    private static async Task<Results<Ok<ListReply<PromptTemplateReply>>, ProblemHttpResult>> ListAsync(
        PromptTemplateStore store, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken, string knowledgeBase = KnowledgeBase.DefaultName) =>
        await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is { } found
            ? TypedResults.Ok(ListReply.All<PromptTemplateReply>([.. (await store.ListAsync(found.Id, cancellationToken)).Select(PromptTemplateReply.From)]))
            : Problems.Of(AskProblem.UnknownKnowledgeBase);

    private static async Task<Results<Ok<PromptTemplateReply>, ProblemHttpResult>> FindAsync(string id, PromptTemplateStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } found ? TypedResults.Ok(PromptTemplateReply.From(found)) : NotFound();

    private static async Task<Results<Ok<ListReply<EvaluationRun>>, ProblemHttpResult>> ListWaitingAsync(
        EvaluationStore runs, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken, string knowledgeBase = KnowledgeBase.DefaultName) =>
        await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is { } found
            ? TypedResults.Ok(ListReply.All(await runs.ListUndecidedAsync(found.Id, CandidateKind.Template, cancellationToken)))
            : Problems.Of(AskProblem.UnknownKnowledgeBase);

    private static async Task<Results<Created<PromptTemplateReply>, Accepted<PromptTemplateReply>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        PromptTemplateRequest request, PromptTemplateStore store, PromptBook book, KnowledgeBaseStore knowledgeBases, TemplateGate gate, CancellationToken cancellationToken, [FromQuery(Name = "gate")] bool isGated = true)
    {
        var errors = new FieldErrors();
        request.CheckPlace(errors);
        request.CheckText(errors);
        if (errors.Any) return errors.ToProblem();
        var wanted = string.IsNullOrEmpty(request.KnowledgeBase) ? KnowledgeBase.DefaultName : request.KnowledgeBase;
        if (await knowledgeBases.FindAsync(wanted, cancellationToken) is not { } knowledgeBase) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        var draft = request.ToDraft(PromptTemplateStore.IdOf(knowledgeBase.Id, request.NameOrDefault, request.LanguageOrAny), request.NameOrDefault, request.LanguageOrAny, 0);
        if (isGated && await store.FindAsync(draft.Id, cancellationToken) is null && await gate.TryAsync(knowledgeBase.Id, [draft], cancellationToken) is { } run)
            return TypedResults.Accepted($"/api/evaluations/{run.Id}", PromptTemplateReply.Waiting(knowledgeBase.Id, draft, run.CreatedAt));
        var saved = await store.SaveAsync(knowledgeBase.Id, draft.Name, draft.Language, draft.Text, draft.Note, expected: 0, cancellationToken);
        if (saved is null) return Problems.Conflict("The knowledge base has this template already; change that one.");
        book.Forget(knowledgeBase.Id);
        return TypedResults.Created($"/api/prompt-templates/{saved.Id}", PromptTemplateReply.From(saved));
    }

    private static async Task<Results<Ok<PromptTemplateReply>, Accepted<PromptTemplateReply>, ValidationProblem, ProblemHttpResult>> UpdateAsync(
        string id, PromptTemplateRequest request, PromptTemplateStore store, PromptBook book, TemplateGate gate, CancellationToken cancellationToken, [FromQuery(Name = "gate")] bool isGated = true)
    {
        var errors = new FieldErrors();
        request.CheckText(errors);
        if (errors.Any) return errors.ToProblem();
        if (await store.FindAsync(id, cancellationToken) is not { } known) return NotFound();
        var draft = request.ToDraft(id, known.Name, known.Language, known.Version);
        // A version that was made from an old one is refused below.
        if (isGated && draft.Text != known.Text && (request.Version ?? known.Version) == known.Version && await gate.TryAsync(known.KnowledgeBaseId, [draft], cancellationToken) is { } run)
            return TypedResults.Accepted($"/api/evaluations/{run.Id}", PromptTemplateReply.Waiting(known.KnowledgeBaseId, draft, run.CreatedAt));
        var saved = await store.SaveAsync(known.KnowledgeBaseId, known.Name, known.Language, draft.Text, draft.Note, request.Version, cancellationToken);
        if (saved is null) return Problems.Conflict($"Somebody else changed the template: version {known.Version} is in use. Look at what changed, then save again.");
        book.Forget(known.KnowledgeBaseId);
        return TypedResults.Ok(PromptTemplateReply.From(saved));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string id, PromptTemplateStore store, PromptBook book, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } known || !await store.DeleteAsync(id, cancellationToken)) return NotFound();
        book.Forget(known.KnowledgeBaseId);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<ListReply<PromptTemplateReply>>, ProblemHttpResult>> ListVersionsAsync(string id, PromptTemplateStore store, CancellationToken cancellationToken) =>
        await store.ListVersionsAsync(id, cancellationToken) is { Count: > 0 } versions
            ? TypedResults.Ok(ListReply.All<PromptTemplateReply>([.. versions.Select(PromptTemplateReply.From)]))
            : NotFound();

    private static async Task<Results<Ok<PromptTemplateReply>, ProblemHttpResult>> FindVersionAsync(string id, long version, PromptTemplateStore store, CancellationToken cancellationToken) =>
        await store.FindVersionAsync(id, version, cancellationToken) is { } found ? TypedResults.Ok(PromptTemplateReply.From(found)) : NotFound();

    private static async Task<Results<Ok<PromptTemplateReply>, Accepted<PromptTemplateReply>, ValidationProblem, ProblemHttpResult>> RestoreAsync(
        string id, long version, PromptTemplateStore store, PromptBook book, TemplateGate gate, CancellationToken cancellationToken, [FromQuery(Name = "gate")] bool isGated = true)
    {
        if (await store.FindVersionAsync(id, version, cancellationToken) is not { } old || await store.FindAsync(id, cancellationToken) is not { } known) return NotFound();
        var errors = new FieldErrors();
        // Slots may have been renamed since it was written.
        foreach (var problem in PromptText.Check(old.Text)) errors.Add("text", problem);
        if (errors.Any) return errors.ToProblem();
        var draft = new PromptDraft(id, old.Name, old.Language, old.Text, $"= {version}", known.Version);
        if (isGated && draft.Text != known.Text && await gate.TryAsync(old.KnowledgeBaseId, [draft], cancellationToken) is { } run)
            return TypedResults.Accepted($"/api/evaluations/{run.Id}", PromptTemplateReply.Waiting(old.KnowledgeBaseId, draft, run.CreatedAt));
        var saved = await store.SaveAsync(old.KnowledgeBaseId, old.Name, old.Language, old.Text, draft.Note, expected: null, cancellationToken);
        book.Forget(old.KnowledgeBaseId);
        return TypedResults.Ok(PromptTemplateReply.From(saved!));
    }

    private static async Task<Results<Ok<ListReply<DiffLine>>, ProblemHttpResult>> CompareAsync(
        string id, long from, long to, PromptTemplateStore store, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } known) return NotFound();
        var (before, after) = (await TextOfAsync(from), await TextOfAsync(to));
        return before is null || after is null ? NotFound() : TypedResults.Ok(ListReply.All(LineDiff.Compare(before, after)));

        async Task<string?> TextOfAsync(long version) =>
            version == 0 ? ShippedPrompts.Of(known.Language) : (await store.FindVersionAsync(id, version, cancellationToken))?.Text;
    }

    private static async Task<Results<Ok<PromptPreviewReply>, ValidationProblem, ProblemHttpResult>> PreviewAsync(
        PromptPreviewRequest request, PromptPreview preview, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        foreach (var problem in PromptText.Check(request.Text)) errors.Add("text", problem);
        if (QuestionGuard.Check(request.Question, out var question) is { } wrong) errors.Add("question", wrong.Detail);
        else if (InjectionDetector.Clean(question).Length == 0) errors.Add("question", "It only gives orders: no model is sent that.");
        if (errors.Any) return errors.ToProblem();
        var name = string.IsNullOrEmpty(request.KnowledgeBase) ? KnowledgeBase.DefaultName : request.KnowledgeBase;
        if (await knowledgeBases.FindAsync(name, cancellationToken) is not { } knowledgeBase) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        var shown = await preview.ShowAsync(knowledgeBase, PromptText.Parse(request.Text!)!, question, request.ConversationId, cancellationToken);
        return TypedResults.Ok(shown with { Warnings = PromptText.Warn(request.Text!) });
    }

    private static ProblemHttpResult NotFound() => Problems.NotFound("template");
}
