using Chatbot.Api.Http;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Backends.Sites;
using Chatbot.Core;
using Chatbot.Core.Crawling;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Core.Sites;

namespace Chatbot.Api.Sites;

internal static class SitePreviewEndpoints
{
    public static void MapSitePreview(this RouteGroupBuilder group)
    {
        group.MapPost("/explain", ExplainAsync).WithSummary("Says whether a URL belongs to a site, and by which rule.").Produces<ScopeExplanation>();
        group.MapPost("/preview", PreviewAsync).WithSummary("Looks at a part of a site and says what a crawl would take; keeps nothing.").Produces<CrawlPreview>();
    }

    private static async Task<IResult> ExplainAsync(SitePreviewRequest request, HttpContext context, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Check(!string.IsNullOrWhiteSpace(request.Url), "url", "A URL to explain.");
        return await WithSiteAsync(request, errors, context, async (preview, site, access) =>
            TypedResults.Ok(await preview.ExplainAsync(site, access, request.Url!.Trim(), cancellationToken)));
    }

    private static Task<IResult> PreviewAsync(SitePreviewRequest request, HttpContext context, CancellationToken cancellationToken) =>
        WithSiteAsync(request, new FieldErrors(), context, async (preview, site, access) =>
            TypedResults.Ok(await preview.PreviewAsync(site, access, new PreviewLimits(request.MaxPages ?? 200, TimeSpan.FromSeconds(request.MaxSeconds ?? 30), request.Reuse == true), cancellationToken)));

    /// <summary>Where the API runs by itself, the crawler is another process.</summary>
    internal static IResult NoCrawler() =>
        TypedResults.Problem("This server has no crawler. Ask one that has, or use the command line: chatbot crawl.", statusCode: StatusCodes.Status501NotImplemented);

    private static async Task<IResult> WithSiteAsync(SitePreviewRequest request, FieldErrors errors, HttpContext context, Func<ISitePreview, Site, SiteAccess?, Task<IResult>> answer)
    {
        var (services, cancellationToken) = (context.RequestServices, context.RequestAborted);
        request.CheckFields(errors);
        if (errors.Any)
            return errors.ToProblem();

        if (services.GetService<ISitePreview>() is not { } preview)
            return NoCrawler();

        var stored = request.SiteId is { } id ? await services.GetRequiredService<SiteStore>().FindAsync(id, cancellationToken) : null;
        if (stored is null && request.SiteId is not null)
            return Problems.NotFound("site");

        var knowledgeBase = stored?.KnowledgeBaseId
            ?? (await services.GetRequiredService<KnowledgeBaseStore>().FindAsync(request.Site?.KnowledgeBase ?? KnowledgeBase.DefaultName, cancellationToken))?.Id;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var site = request.Site?.ToSite(stored?.Id ?? Ids.New(), knowledgeBase ?? "", stored?.CreatedAt ?? now) ?? stored!;
        try
        {
            SiteAccess? access = null;
            if (request.Access is { } given)
            {
                // Nothing that is stored is kept: the hosts may be others here.
                access = given.ToAccess(new SiteAccess(), errors);
                if (access is null)
                    return errors.ToProblem();
            }

            return await answer(preview, site, access);
        }
        // Its rules, or what opens it, cannot be read: the text says which.
        catch (ArgumentException error)
        {
            errors.Check(false, "site", error.Message);
            return errors.ToProblem();
        }
    }
}
