using Chatbot.Api.Answering;
using Chatbot.Api.Http;
using Chatbot.Api.Retrieval.Explaining;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.Chunks;
using Chatbot.Core.KnowledgeBases;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Api.Retrieval;

internal static class SearchEndpoints
{
    public static void MapSearch(this RouteGroupBuilder admin) =>
        admin.MapGroup("/search").WithTags("Search").MapGet("/", SearchAsync).WithSummary("The passages that retrieval finds for a question.");

    private static async Task<Results<Ok<SearchReply>, ProblemHttpResult, ValidationProblem>> SearchAsync(
        Retriever retriever, SearchExplainer explainer, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken,
        string? q = null, string knowledgeBase = KnowledgeBase.DefaultName, int top = 10, bool explain = false, string? expect = null,
        string? siteId = null, string? urlPrefix = null, string? language = null, DateTimeOffset? changedSince = null, string? type = null)
    {
        var errors = new FieldErrors();
        errors.Check(top is >= 1 and <= Retriever.MostPassages, "top", $"1 to {Retriever.MostPassages}.");
        errors.Check(expect is null || Uri.TryCreate(expect, UriKind.Absolute, out _), "expect", "An absolute URL.");
        errors.Check(language is null || (language.Length == 2 && language.All(char.IsAsciiLetter)), "language", "A two-letter code.");
        var types = type is null ? [] : SourceKinds.TypesOf(type);
        errors.Check(type is null || types.Count > 0, "type", SourceKinds.Hint);
        if (errors.Any)
            return errors.ToProblem();
        if (QuestionGuard.Check(q, out var question) is { } problem)
            return Problems.Of(problem);
        if (await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is not { } found)
            return Problems.Of(AskProblem.UnknownKnowledgeBase);
        var result = await retriever.SearchAsync(found, question, top, new ChunkFilter { SiteId = siteId, UrlPrefix = urlPrefix, Language = language, ChangedSince = changedSince, ContentTypes = types }, cancellationToken);
        var explanation = !result.IsUnavailable && (explain || expect is not null) ? await explainer.ExplainAsync(found.Id, result, expect, cancellationToken) : null;
        return result.IsUnavailable
            ? TypedResults.Problem("The index did not answer; try again.", statusCode: StatusCodes.Status503ServiceUnavailable, title: "The sources cannot be searched")
            : TypedResults.Ok(SearchReply.From(result) with { Explanation = explanation });
    }
}
