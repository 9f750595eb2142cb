using Chatbot.Api.Answering;
using Chatbot.Api.Http;
using Chatbot.Backends.Faqs;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.Documents;
using Chatbot.Core.KnowledgeBases;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Api.Faqs;

internal static class FaqEndpoints
{
    private const int MostEntries = 500;

    public static void MapFaqs(this RouteGroupBuilder admin)
    {
        var group = admin.MapGroup("/faqs").WithTags("Questions and answers");
        group.MapGet("/", ListAsync).WithSummary("Entries, in the order of their questions.");
        group.MapPost("/", CreateAsync).WithSummary("Adds an entry; it is found within seconds.");
        group.MapGet("/{id}", FindAsync).WithSummary("An entry.");
        group.MapPut("/{id}", UpdateAsync).WithSummary("Changes an entry.");
        group.MapDelete("/{id}", DeleteAsync).WithSummary("Deletes an entry.");
        group.MapFaqFiles();
    }

    /// <summary>What visitors may read: the page that an entry without a link of its own is cited by.</summary>
    public static void MapPublishedFaqs(this IEndpointRouteBuilder app) => app.MapGroup("/api/faqs").WithTags("Questions and answers").AllowAnonymous()
        .MapGet("/{id}/published", ReadAsync)
        .WithSummary("An entry as visitors read it, once it is indexed.");

    private static async Task<Results<Ok<ListReply<FaqReply>>, ValidationProblem, ProblemHttpResult>> ListAsync(
        FaqStore faqs, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken,
        string? knowledgeBase = null, string? text = null, string? language = null, int limit = 50, int offset = 0)
    {
        var errors = new FieldErrors();
        errors.Check(limit is >= 1 and <= MostEntries, "limit", $"1 to {MostEntries}.");
        errors.Check(offset >= 0, "offset", "0 or more.");
        if (errors.Any) return errors.ToProblem();
        var id = string.IsNullOrEmpty(knowledgeBase) ? null : (await knowledgeBases.FindAsync(knowledgeBase, cancellationToken))?.Id;
        if (id is null && !string.IsNullOrEmpty(knowledgeBase)) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        var filter = new FaqFilter { KnowledgeBaseId = id, Text = text, Language = string.IsNullOrEmpty(language) ? null : language, Limit = limit, Offset = offset };
        var found = await faqs.ListAsync(filter, cancellationToken);
        return TypedResults.Ok(new ListReply<FaqReply>([.. found.Select(FaqReply.From)], await faqs.CountAsync(filter, cancellationToken)));
    }

    private static async Task<Results<Ok<FaqReply>, ProblemHttpResult>> FindAsync(string id, FaqStore faqs, CancellationToken cancellationToken) =>
        await faqs.FindAsync(id, cancellationToken) is { } entry ? TypedResults.Ok(FaqReply.From(entry)) : Problems.NotFound("entry");

    private static async Task<Results<Created<FaqReply>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        FaqRequest request, FaqEditor editor, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        request.CheckFields(errors);
        if (errors.Any) return errors.ToProblem();
        var name = string.IsNullOrEmpty(request.KnowledgeBase) ? KnowledgeBase.DefaultName : request.KnowledgeBase;
        if (await knowledgeBases.FindAsync(name, cancellationToken) is not { } knowledgeBase) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        return await editor.SaveAsync(knowledgeBase.Id, null, request.ToContent(), cancellationToken) is FaqResult.Saved(var entry, _)
            ? TypedResults.Created($"/api/faqs/{entry.Id}", FaqReply.From(entry))
            : Taken();
    }

    private static async Task<Results<Ok<FaqReply>, ValidationProblem, ProblemHttpResult>> UpdateAsync(
        string id, FaqRequest request, FaqEditor editor, FaqStore faqs, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        request.CheckFields(errors);
        if (errors.Any) return errors.ToProblem();
        if (await faqs.FindAsync(id, cancellationToken) is not { } known) return Problems.NotFound("entry");
        return await editor.SaveAsync(known.KnowledgeBaseId, known, request.ToContent(), cancellationToken) is FaqResult.Saved(var entry, _)
            ? TypedResults.Ok(FaqReply.From(entry))
            : Taken();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string id, FaqEditor editor, CancellationToken cancellationToken) =>
        await editor.DeleteAsync(id, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound("entry");

    private static async Task<Results<Ok<PublishedFaq>, ProblemHttpResult>> ReadAsync(string id, FaqStore faqs, CancellationToken cancellationToken) =>
        // The same for what is not there and what nobody finds yet.
        await faqs.FindAsync(id, cancellationToken) is { Status: DocumentStatus.Indexed, Content: var content }
            ? TypedResults.Ok(new PublishedFaq(content.Question, content.Answer, content.Language, content.Link))
            : Problems.NotFound("entry");

    private static ProblemHttpResult Taken() => Problems.Conflict("Another entry of the knowledge base has this question.");
}
