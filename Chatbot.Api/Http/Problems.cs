using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Api.Http;

/// <summary>Problems that several endpoints answer.</summary>
internal static class Problems
{
    /// <param name="what">"site", "document"…</param>
    public static ProblemHttpResult NotFound(string what) =>
        TypedResults.Problem($"There is no such {what}; it may have been deleted.", statusCode: StatusCodes.Status404NotFound, title: "Not found");

    public static ProblemHttpResult Conflict(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status409Conflict, title: "Not possible as things are");

    public static ProblemHttpResult Of(Answering.AskProblem problem) => TypedResults.Problem(
        problem.Detail, statusCode: problem.Status, title: problem.Title, extensions: new Dictionary<string, object?> { ["code"] = problem.Code });
}
