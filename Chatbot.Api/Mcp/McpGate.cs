using Chatbot.Api.OpenAi;
using Chatbot.Api.Widgets;

namespace Chatbot.Api.Mcp;

/// <summary>
/// Who may use <c>/mcp</c>: whoever has one of the keys, or anybody when none are set, as for the chat. A page of another origin
/// may not: a browser would let it use a server that only its visitor can reach (DNS rebinding).
/// </summary>
internal sealed class McpGate(OpenAiKeys keys) : IMiddleware
{
    public const string Path = "/mcp";

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers.Origin.Count > 0 && !SameOrigin.IsSame(context.Request))
            await TypedResults.Problem("Programs may use this address, pages of other origins may not.", statusCode: StatusCodes.Status403Forbidden, title: "This page may not ask").ExecuteAsync(context);
        else if (keys.AreNeeded && !keys.Knows(context.Request))
            await TypedResults.Problem("Send one of the keys of OpenAiApi:Keys as Authorization: Bearer KEY.", statusCode: StatusCodes.Status401Unauthorized, title: "A key is needed").ExecuteAsync(context);
        else
            await next(context);
    }
}
