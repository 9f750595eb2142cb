using Chatbot.Web.ApiAccess;
using Chatbot.Web.Security;

namespace Chatbot.Web.Sites;

/// <summary>The buttons of the site pages. Each does its work and goes back to a page, so that loading that again repeats nothing.</summary>
internal static class SiteActions
{
    public static void MapSiteActions(this WebApplication app)
    {
        var sites = app.MapGroup("/admin/sites/{id}").RequireFormToken().ExcludeFromDescription();

        sites.MapPost("/crawl", async (string id, string? mode, ApiClient api, CancellationToken cancellationToken) =>
        {
            Check(await api.SendAsync<CrawlRun>(HttpMethod.Post, $"api/sites/{Uri.EscapeDataString(id)}/crawl?mode={Uri.EscapeDataString(mode ?? "full")}", cancellationToken));
            return Results.LocalRedirect($"/admin/sites/{Uri.EscapeDataString(id)}");
        });

        sites.MapPost("/cancel/{runId}", async (string id, string runId, ApiClient api, CancellationToken cancellationToken) =>
        {
            var reply = await api.SendAsync<CrawlRun>(HttpMethod.Post, $"api/crawl-runs/{Uri.EscapeDataString(runId)}/cancel", cancellationToken);
            // It may have finished on its own while the reader made up his mind.
            if (reply.Problem is not { Status: StatusCodes.Status409Conflict }) Check(reply);
            return Results.LocalRedirect($"/admin/sites/{Uri.EscapeDataString(id)}");
        });

        foreach (var action in new[] { "pause", "resume" })
        {
            sites.MapPost("/" + action, async (string id, ApiClient api, CancellationToken cancellationToken) =>
            {
                Check(await api.SendAsync<Site>(HttpMethod.Post, $"api/sites/{Uri.EscapeDataString(id)}/{action}", cancellationToken));
                return Results.LocalRedirect($"/admin/sites/{Uri.EscapeDataString(id)}");
            });
        }

        sites.MapPost("/forget-access", async (string id, ApiClient api, CancellationToken cancellationToken) =>
        {
            Check(await api.SendAsync<SiteAccessState>(HttpMethod.Delete, $"api/sites/{Uri.EscapeDataString(id)}/access", cancellationToken));
            return Results.LocalRedirect($"/admin/sites/{Uri.EscapeDataString(id)}/access");
        });

        sites.MapPost("/delete", async (string id, ApiClient api, CancellationToken cancellationToken) =>
        {
            Check(await api.SendAsync<Site>(HttpMethod.Delete, $"api/sites/{Uri.EscapeDataString(id)}", cancellationToken));
            return Results.LocalRedirect("/admin/sites");
        });
    }

    private static void Check<T>(ApiReply<T> reply)
        where T : class
    {
        if (reply.Problem is not null) throw new ApiException(reply.Problem);
    }
}
