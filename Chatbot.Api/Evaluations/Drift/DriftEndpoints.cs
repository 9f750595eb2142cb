using Chatbot.Api.Answering;
using Chatbot.Api.Http;
using Chatbot.Backends.Evaluation;
using Chatbot.Backends.Faqs;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Backends.Routing;
using Chatbot.Core.KnowledgeBases;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Api.Evaluations.Drift;

internal static class DriftEndpoints
{
    private const int Most = 500;

    public static void MapDrift(this RouteGroupBuilder evaluations)
    {
        evaluations.MapGet("/changes", ListAsync).WithSummary("Answers to frequent questions that became others after a crawl, the newest first.");
        evaluations.MapPost("/changes/{id}/seen", SeeAsync).WithSummary("An editor is through with it.");
        evaluations.MapGet("/reviews", ReviewsAsync).WithSummary("What editors wrote and whose source changed since.");
        evaluations.MapPost("/reviews/{id}/confirm", ConfirmAsync).WithSummary("It still says what its source says.");
    }

    private static async Task<Results<Ok<ListReply<AnswerChange>>, ValidationProblem, ProblemHttpResult>> ListAsync(
        DriftStore drift, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken, string knowledgeBase = KnowledgeBase.DefaultName, bool? seen = null, int limit = 50, int offset = 0)
    {
        var errors = new FieldErrors();
        errors.Check(limit is >= 1 and <= Most, "limit", $"1 to {Most}.");
        errors.Check(offset >= 0, "offset", "0 or more.");
        if (errors.Any) return errors.ToProblem();
        if (await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is not { } found) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        var (items, total) = await drift.ListAsync(found.Id, seen, limit, offset, cancellationToken);
        return TypedResults.Ok(new ListReply<AnswerChange>(items, total));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SeeAsync(string id, DriftStore drift, CancellationToken cancellationToken) =>
        await drift.SeeAsync(id, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound("change");

    private static async Task<Results<Ok<ListReply<SourceReview>>, ProblemHttpResult>> ReviewsAsync(
        ChangedPages pages, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken, string knowledgeBase = KnowledgeBase.DefaultName) =>
        await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is { } found
            ? TypedResults.Ok(ListReply.All(await pages.ReviewsAsync(found.Id, cancellationToken)))
            : Problems.Of(AskProblem.UnknownKnowledgeBase);

    private static async Task<Results<NoContent, ProblemHttpResult>> ConfirmAsync(string id, DriftStore drift, FaqStore faqs, ExampleStore examples, CancellationToken cancellationToken)
    {
        if (await faqs.FindAsync(id, cancellationToken) is null && await examples.FindAsync(id, cancellationToken) is null) return Problems.NotFound("entry");
        await drift.ConfirmAsync(id, cancellationToken);
        return TypedResults.NoContent();
    }
}
