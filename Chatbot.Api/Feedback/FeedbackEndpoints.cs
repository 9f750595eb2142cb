using Chatbot.Api.Answering;
using Chatbot.Api.Faqs;
using Chatbot.Api.Http;
using Chatbot.Api.RateLimits;
using Chatbot.Api.Telemetry;
using Chatbot.Api.Widgets;
using Chatbot.Backends.Feedback;
using Chatbot.Backends.KnowledgeBases;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Api.Feedback;

internal static class FeedbackEndpoints
{
    private const int Most = 500;

    /// <summary>Visitors rate answers.</summary>
    public static void MapRatings(this IEndpointRouteBuilder app) => app.MapGroup("/api").WithTags("Chat").AllowAnonymous().RequireCors(AllowedOrigins.Policy)
        .MapPost("/feedback", RateAsync)
        .RequireRateLimiting(ClientLimits.Questions)
        .WithSummary("Keeps what a visitor thinks of an answer.");

    /// <summary>Editors read it and make something of it.</summary>
    public static void MapFeedback(this RouteGroupBuilder admin)
    {
        var group = admin.MapGroup("/feedback").WithTags("Feedback");
        group.MapGet("/", ListAsync).WithSummary("What visitors thought of answers, the newest first.");
        group.MapGet("/{messageId}", FindAsync).WithSummary("What a visitor thought of an answer.");
        group.MapPut("/{messageId}/handled", HandleAsync).WithSummary("Notes whether an editor is through with it.");
        group.MapPost("/{messageId}/faq", MakeFaqAsync).WithSummary("Makes it a question with its answer; what the body leaves out is the question that was asked and the corrected answer.");
    }

    private static async Task<Results<NoContent, ProblemHttpResult, ValidationProblem>> RateAsync(
        FeedbackRequest request, FeedbackStore feedback, ThumbsUpRate rate, ApiTelemetry telemetry, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        request.CheckFields(errors);
        if (errors.Any) return errors.ToProblem();
        var rating = request.ToRating();
        if (await feedback.SaveAsync(rating, cancellationToken) is null) return Problems.NotFound("message");
        telemetry.Rated(rating.Helpful);
        await rate.RefreshAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<ListReply<FeedbackReply>>, ValidationProblem, ProblemHttpResult>> ListAsync(
        FeedbackStore feedback, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken,
        string? knowledgeBase = null, bool? helpful = null, string? reason = null, bool? handled = null, string? text = null, string? faqId = null, int limit = 50, int offset = 0)
    {
        var errors = new FieldErrors();
        var isReason = Enum.TryParse<FeedbackReason>(reason, ignoreCase: true, out var wanted) && Enum.IsDefined(wanted);
        errors.Check(string.IsNullOrEmpty(reason) || isReason, "reason", "wrong, incomplete, outdated, offTopic, badSource or unclear.");
        errors.Check(limit is >= 1 and <= Most, "limit", $"1 to {Most}.");
        errors.Check(offset >= 0, "offset", "0 or more.");
        if (errors.Any) return errors.ToProblem();
        var id = string.IsNullOrEmpty(knowledgeBase) ? null : (await knowledgeBases.FindAsync(knowledgeBase, cancellationToken))?.Id;
        if (id is null && !string.IsNullOrEmpty(knowledgeBase)) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        var filter = new FeedbackFilter
        {
            KnowledgeBaseId = id, Helpful = helpful, Reason = isReason ? wanted : null, Handled = handled, Text = text, FaqId = faqId, Limit = limit, Offset = offset,
        };
        var found = await feedback.ListAsync(filter, cancellationToken);
        return TypedResults.Ok(new ListReply<FeedbackReply>([.. found.Select(FeedbackReply.From)], await feedback.CountAsync(filter, cancellationToken)));
    }

    private static async Task<Results<Ok<FeedbackReply>, ProblemHttpResult>> FindAsync(string messageId, FeedbackStore feedback, CancellationToken cancellationToken) =>
        await feedback.FindAsync(messageId, cancellationToken) is { } found ? TypedResults.Ok(FeedbackReply.From(found)) : Problems.NotFound("feedback");

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> HandleAsync(
        string messageId, HandledRequest request, FeedbackStore feedback, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Check(request.Handled is not null, "handled", "Say true or false.");
        if (errors.Any) return errors.ToProblem();
        return await feedback.SetHandledAsync(messageId, request.Handled!.Value, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound("feedback");
    }

    private static async Task<Results<Created<FaqReply>, ValidationProblem, ProblemHttpResult>> MakeFaqAsync(
        string messageId, FeedbackStore feedback, FaqEditor editor, CancellationToken cancellationToken, FaqRequest? request = null)
    {
        if (await feedback.FindAsync(messageId, cancellationToken) is not { } found) return Problems.NotFound("feedback");
        if (found.FaqId is not null) return Problems.Conflict("It is a question with its answer already.");
        request = (request ?? new()) with { Question = request?.Question ?? found.Question, Answer = request?.Answer ?? found.Rating.Correction };
        var errors = new FieldErrors();
        request.CheckFields(errors);
        if (errors.Any) return errors.ToProblem();
        if (await editor.SaveAsync(found.KnowledgeBaseId, null, request.ToContent(), cancellationToken) is not FaqResult.Saved(var entry, _))
            return Problems.Conflict("Another entry of the knowledge base has this question.");
        await feedback.LinkFaqAsync(messageId, entry.Id, cancellationToken);
        return TypedResults.Created($"/api/faqs/{entry.Id}", FaqReply.From(entry));
    }
}
