using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Chatbot.Api.Answering;
using Chatbot.Api.Documents;
using Chatbot.Api.Http;
using Chatbot.Backends.Crawling;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Backends.Sites;
using Chatbot.Core;
using Chatbot.Core.Crawling;
using Chatbot.Core.KnowledgeBases;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Sites;

internal static class SiteEndpoints
{
    public static void MapSites(this RouteGroupBuilder admin)
    {
        var group = admin.MapGroup("/sites").WithTags("Sites");
        group.MapGet("/", ListAsync).WithSummary("The sites, the oldest first.");
        group.MapPost("/", CreateAsync).WithSummary("Adds a site; it is not crawled yet.");
        group.MapGet("/{id}", FindAsync).WithSummary("A site.");
        group.MapPut("/{id}", UpdateAsync).WithSummary("Replaces a site: what is left out is back at its default. Its knowledge base stays.");
        group.MapPatch("/{id}", PatchAsync).WithSummary("Changes what is named of a site (RFC 7396); the rest stays as it is.").Accepts<SiteRequest>("application/json", "application/merge-patch+json");
        group.MapDelete("/{id}", DeleteAsync).WithSummary("Deletes a site; its documents leave the index.");
        group.MapPost("/{id}/crawl", CrawlAsync).WithSummary("Starts a run, or returns the one that is not finished.");
        group.MapPost("/{id}/pause", PauseAsync).WithSummary("Holds a site back: its schedule rests, and a run it has waits.");
        group.MapPost("/{id}/resume", ResumeAsync).WithSummary("Lets a site go on.");
        group.MapSiteAccess();
        group.MapSitePreview();
    }

    private static async Task<Results<Ok<ListReply<SiteReply>>, ProblemHttpResult>> ListAsync(
        SiteStore sites, SiteView view, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken, string? knowledgeBase = null)
    {
        string? id = null;
        if (knowledgeBase is not null)
        {
            id = (await knowledgeBases.FindAsync(knowledgeBase, cancellationToken))?.Id;
            if (id is null)
                return Problems.Of(AskProblem.UnknownKnowledgeBase);
        }

        var replies = new List<SiteReply>();
        foreach (var site in await sites.ListAsync(id, cancellationToken))
            replies.Add(await view.OfAsync(site, cancellationToken));
        return TypedResults.Ok(ListReply.All(replies));
    }

    private static async Task<Results<Ok<SiteReply>, ProblemHttpResult>> FindAsync(string id, SiteStore sites, SiteView view, CancellationToken cancellationToken) =>
        await sites.FindAsync(id, cancellationToken) is { } site ? TypedResults.Ok(await view.OfAsync(site, cancellationToken)) : Problems.NotFound("site");

    private static async Task<Results<Created<SiteReply>, ValidationProblem>> CreateAsync(
        SiteRequest request, SiteStore sites, SiteView view, KnowledgeBaseStore knowledgeBases, TimeProvider clock, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        request.CheckFields(errors);
        var knowledgeBase = await knowledgeBases.FindAsync(request.KnowledgeBase ?? KnowledgeBase.DefaultName, cancellationToken);
        errors.Check(knowledgeBase is not null, "knowledgeBase", "There is no such knowledge base.");
        if (errors.Any)
            return errors.ToProblem();
        var site = request.ToSite(Ids.New(), knowledgeBase!.Id, clock.GetUtcNow());
        await sites.CreateAsync(site, cancellationToken);
        return TypedResults.Created($"/api/sites/{site.Id}", await view.OfAsync(site, cancellationToken));
    }

    private static async Task<Results<Ok<SiteReply>, ValidationProblem, ProblemHttpResult>> UpdateAsync(
        string id, SiteRequest request, SiteStore sites, SiteView view, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        request.CheckFields(errors);
        if (errors.Any)
            return errors.ToProblem();
        if (await sites.FindAsync(id, cancellationToken) is not { } site)
            return Problems.NotFound("site");
        var changed = request.ToSite(site.Id, site.KnowledgeBaseId, site.CreatedAt) with { IsPaused = site.IsPaused };
        return await sites.UpdateAsync(changed, cancellationToken) ? TypedResults.Ok(await view.OfAsync(changed, cancellationToken)) : Problems.NotFound("site");
    }

    private static async Task<Results<Ok<SiteReply>, ValidationProblem, ProblemHttpResult>> PatchAsync(
        string id, HttpRequest request, SiteStore sites, SiteView view, IOptions<JsonOptions> json, CancellationToken cancellationToken)
    {
        if (await sites.FindAsync(id, cancellationToken) is not { } site)
            return Problems.NotFound("site");
        try
        {
            return await JsonNode.ParseAsync(request.Body, cancellationToken: cancellationToken) is JsonObject patch
                ? await UpdateAsync(id, SiteRequest.From(site).Patched(patch, (JsonTypeInfo<SiteRequest>)json.Value.SerializerOptions.GetTypeInfo(typeof(SiteRequest))), sites, view, cancellationToken)
                : TypedResults.Problem("A JSON object with what is to be changed.", statusCode: StatusCodes.Status400BadRequest);
        }
        catch (JsonException error)
        {
            return TypedResults.Problem($"The JSON cannot be read{(error.Path is { } path ? $" at {path}" : "")}.", statusCode: StatusCodes.Status400BadRequest);
        }
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string id, SiteStore sites, CrawlRunStore runs, DocumentRemoval removal, CancellationToken cancellationToken)
    {
        // The crawler notices a cancelled run at once; one whose rows are gone would fail.
        foreach (var run in await runs.ListAsync(id, 10, cancellationToken))
            await runs.CancelAsync(run.Id, cancellationToken);
        if (!await sites.DeleteAsync(id, cancellationToken))
            return Problems.NotFound("site");
        await removal.AnnounceAsync(id, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Accepted<CrawlRun>, ValidationProblem, ProblemHttpResult>> CrawlAsync(
        string id, SiteStore sites, CrawlRequests crawls, CancellationToken cancellationToken, string mode = "full")
    {
        var errors = new FieldErrors();
        errors.Check(mode is "full" or "incremental", "mode", "full or incremental.");
        if (errors.Any)
            return errors.ToProblem();
        if (await sites.FindAsync(id, cancellationToken) is not { } site)
            return Problems.NotFound("site");
        if (site.IsPaused)
            return Problems.Conflict("The site is paused. Let it go on first.");
        var (run, _) = await crawls.RequestAsync(id, mode == "full" ? CrawlMode.Full : CrawlMode.Incremental, cancellationToken);
        return TypedResults.Accepted($"/api/crawl-runs/{run.Id}", run);
    }

    private static Task<Results<Ok<SiteReply>, ProblemHttpResult>> PauseAsync(string id, ScheduleStore schedules, SiteStore sites, SiteView view, CancellationToken cancellationToken) =>
        SetPausedAsync(id, true, schedules, sites, view, cancellationToken);

    private static Task<Results<Ok<SiteReply>, ProblemHttpResult>> ResumeAsync(string id, ScheduleStore schedules, SiteStore sites, SiteView view, CancellationToken cancellationToken) =>
        SetPausedAsync(id, false, schedules, sites, view, cancellationToken);

    private static async Task<Results<Ok<SiteReply>, ProblemHttpResult>> SetPausedAsync(
        string id, bool isPaused, ScheduleStore schedules, SiteStore sites, SiteView view, CancellationToken cancellationToken) =>
        await schedules.SetPausedAsync(id, isPaused, cancellationToken) && await sites.FindAsync(id, cancellationToken) is { } site
            ? TypedResults.Ok(await view.OfAsync(site, cancellationToken))
            : Problems.NotFound("site");
}
