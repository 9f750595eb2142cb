using Chatbot.Api.Answering;

namespace Chatbot.Api.OpenAi;

/// <summary>Problems in the form that OpenAI's clients read.</summary>
internal static class OpenAiErrors
{
    public static IResult Of(AskProblem problem) => Of(problem.Status, $"{problem.Title}. {problem.Detail}", null, problem.Code);

    /// <param name="parameter">The member of the request that is wrong.</param>
    public static IResult Invalid(string parameter, string message) => Of(StatusCodes.Status400BadRequest, message, parameter, null);

    public static IResult Of(int status, string message, string? parameter, string? code) => TypedResults.Json(
        new ErrorReply(new ErrorBody(message, status switch
        {
            StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => "authentication_error",
            >= 500 => "server_error",
            _ => "invalid_request_error",
        }, parameter, code)),
        OpenAiJson.Default.ErrorReply,
        statusCode: status);
}
