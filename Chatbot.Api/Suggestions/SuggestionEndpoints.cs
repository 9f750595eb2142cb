using Chatbot.Api.Answering;
using Chatbot.Api.Answering.Wording;
using Chatbot.Api.Http;
using Chatbot.Api.RateLimits;
using Chatbot.Api.Widgets;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.KnowledgeBases;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Api.Suggestions;

internal static class SuggestionEndpoints
{
    private const int LongestTyped = 200;

    public static void MapSuggestions(this IEndpointRouteBuilder app) => app.MapGroup("/api/suggestions").WithTags("Chat").AllowAnonymous().RequireCors(AllowedOrigins.Policy)
        .MapGet("/", SuggestAsync)
        .RequireRateLimiting(ClientLimits.Suggestions)
        .WithSummary("Questions that a visitor may mean, while he types or before he does.");

    private static async Task<Results<Ok<ListReply<Suggestion>>, ValidationProblem, ProblemHttpResult>> SuggestAsync(
        HttpContext context, Suggester suggester, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken,
        string q = "", string knowledgeBase = KnowledgeBase.DefaultName, string? language = null, int limit = 6)
    {
        var errors = new FieldErrors();
        errors.Check(limit is >= 1 and <= Suggester.Most, "limit", $"1 to {Suggester.Most}.");
        if (errors.Any) return errors.ToProblem();
        if (await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is not { } found) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        if (!AllowedOrigins.Allows(found, context.Request)) return Problems.Of(AskProblem.RefusedOrigin);
        var chosen = Languages.FirstKnown([language, .. found.Settings.Languages]);
        // A letter that is taken back asks the same again.
        context.Response.Headers.CacheControl = "private, max-age=10";
        // Whoever pastes a letter has no use for them.
        return TypedResults.Ok(ListReply.All(q.Length > LongestTyped ? [] : await suggester.SuggestAsync(found, q, chosen, limit, cancellationToken)));
    }
}
