using Chatbot.Web.ApiAccess;
using Chatbot.Web.Security;

namespace Chatbot.Web.Overview;

/// <summary>The buttons of the overview.</summary>
internal static class OverviewActions
{
    public static void MapOverviewActions(this WebApplication app) => app.MapGroup("/admin/knowledge-bases/{id}").RequireFormToken().ExcludeFromDescription()
        .MapPost("/reindex", async (string id, ApiClient api, CancellationToken cancellationToken) =>
        {
            var reply = await api.SendAsync<IndexBuild>(HttpMethod.Post, $"api/knowledge-bases/{Uri.EscapeDataString(id)}/reindex", cancellationToken);
            return reply.Problem is null ? Results.LocalRedirect("/admin") : throw new ApiException(reply.Problem);
        });
}
