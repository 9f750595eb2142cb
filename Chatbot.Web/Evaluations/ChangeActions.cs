using Chatbot.Web.ApiAccess;
using Chatbot.Web.Security;

namespace Chatbot.Web.Evaluations;

/// <summary>What the buttons of the page of changed answers do.</summary>
internal static class ChangeActions
{
    public static void MapChangeActions(this WebApplication app)
    {
        var changes = app.MapGroup("/admin/changes").RequireFormToken().ExcludeFromDescription();
        changes.MapPost("/{id}", (string id, HttpContext context, ApiClient api, CancellationToken cancellationToken) =>
            SendAsync($"api/evaluations/changes/{Uri.EscapeDataString(id)}/seen", context, api, cancellationToken));
        changes.MapPost("/reviews/{id}", (string id, HttpContext context, ApiClient api, CancellationToken cancellationToken) =>
            SendAsync($"api/evaluations/reviews/{Uri.EscapeDataString(id)}/confirm", context, api, cancellationToken));
    }

    private static async Task<IResult> SendAsync(string path, HttpContext context, ApiClient api, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var reply = await api.SendAsync<AnswerChange>(HttpMethod.Post, path, cancellationToken);
        return reply.Problem is null ? Results.LocalRedirect($"/admin/changes?kb={Uri.EscapeDataString(form["kb"].ToString())}") : throw new ApiException(reply.Problem);
    }
}
