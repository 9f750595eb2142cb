using Chatbot.Api.Answering;
using Chatbot.Api.Http;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.KnowledgeBases;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Api.Retrieval;

internal static class SearchEndpoints
{
    public static void MapSearch(this RouteGroupBuilder admin) =>
        admin.MapGroup("/search").WithTags("Search").MapGet("/", SearchAsync).WithSummary("The passages that retrieval finds for a question.");

    private static async Task<Results<Ok<SearchReply>, ProblemHttpResult, ValidationProblem>> SearchAsync(
        Retriever retriever, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken, string? q = null, string knowledgeBase = KnowledgeBase.DefaultName, int top = 10)
    {
        var errors = new FieldErrors();
        errors.Check(top is >= 1 and <= Retriever.MostPassages, "top", $"1 to {Retriever.MostPassages}.");
        if (errors.Any)
            return errors.ToProblem();
        if (QuestionGuard.Check(q, out var question) is { } problem)
            return Problems.Of(problem);
        if (await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is not { } found)
            return Problems.Of(AskProblem.UnknownKnowledgeBase);
        var result = await retriever.SearchAsync(found.Id, question, top, cancellationToken);
        return result.IsUnavailable
            ? TypedResults.Problem("The index did not answer; try again.", statusCode: StatusCodes.Status503ServiceUnavailable, title: "The sources cannot be searched")
            : TypedResults.Ok(SearchReply.From(result));
    }
}
