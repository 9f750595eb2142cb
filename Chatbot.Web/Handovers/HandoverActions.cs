using Chatbot.Web.ApiAccess;
using Chatbot.Web.Security;

namespace Chatbot.Web.Handovers;

/// <summary>What the buttons of the page of hand-overs do.</summary>
internal static class HandoverActions
{
    private static readonly string[] s_steps = ["done", "reopen", "send"];

    public static void MapHandoverActions(this WebApplication app)
    {
        var handovers = app.MapGroup("/admin/handovers/{id}").RequireFormToken().ExcludeFromDescription();
        handovers.MapPost("/delete", (string id, ApiClient api, CancellationToken token) => ActAsync(HttpMethod.Delete, $"api/handovers/{Uri.EscapeDataString(id)}", api, token));
        foreach (var step in s_steps)
            handovers.MapPost($"/{step}", (string id, ApiClient api, CancellationToken token) => ActAsync(HttpMethod.Post, $"api/handovers/{Uri.EscapeDataString(id)}/{step}", api, token));
    }

    private static async Task<IResult> ActAsync(HttpMethod method, string path, ApiClient api, CancellationToken cancellationToken)
    {
        var reply = await api.SendAsync<Handover>(method, path, cancellationToken);
        // What is being sent already is what was wanted.
        return reply.Problem is null or { Status: StatusCodes.Status409Conflict } ? Results.LocalRedirect("/admin/handovers") : throw new ApiException(reply.Problem);
    }
}
