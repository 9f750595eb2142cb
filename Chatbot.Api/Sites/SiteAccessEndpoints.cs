using Chatbot.Api.Http;
using Chatbot.Backends.Sites;
using Chatbot.Core.Crawling;
using Chatbot.Core.Sites;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Api.Sites;

internal static class SiteAccessEndpoints
{
    public static void MapSiteAccess(this RouteGroupBuilder sites)
    {
        sites.MapGet("/{id}/access", FindAsync).WithSummary("What is set to open a site: names, never values.");
        sites.MapPut("/{id}/access", SaveAsync).WithSummary("Sets the headers, cookies, passwords, form, proxy and certificates that open a site, in place of what there was.");
        sites.MapPost("/{id}/access/test", TestAsync).WithSummary("Tries to get in, with what is set or, when it is sent, with what is to be set; says what came back. Changes nothing.").Produces<AccessTest>();
        sites.MapDelete("/{id}/access", DeleteAsync).WithSummary("Forgets all that opens a site.");
    }

    private static async Task<Results<Ok<SiteAccessReply>, ProblemHttpResult>> FindAsync(string id, SiteStore sites, SiteAccessStore access, CancellationToken cancellationToken) =>
        await sites.FindAsync(id, cancellationToken) is null
            ? Problems.NotFound("site")
            : TypedResults.Ok(SiteAccessReply.From(await access.FindAsync(id, cancellationToken) ?? new SiteAccess()));

    private static async Task<Results<Ok<SiteAccessReply>, ValidationProblem, ProblemHttpResult>> SaveAsync(
        string id, SiteAccessRequest request, SiteStore sites, SiteAccessStore access, CancellationToken cancellationToken)
    {
        if (await sites.FindAsync(id, cancellationToken) is null)
            return Problems.NotFound("site");

        var errors = new FieldErrors();
        if (request.ToAccess(await access.FindAsync(id, cancellationToken) ?? new SiteAccess(), errors) is not { } given)
            return errors.ToProblem();

        if (given.IsEmpty())
            await access.DeleteAsync(id, cancellationToken);
        else
            await access.SaveAsync(id, given, cancellationToken);
        return TypedResults.Ok(SiteAccessReply.From(given));
    }

    private static async Task<IResult> TestAsync(string id, SiteAccessRequest? request, SiteStore sites, SiteAccessStore access, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (await sites.FindAsync(id, cancellationToken) is not { } site)
            return Problems.NotFound("site");
        if (services.GetService<ISitePreview>() is not { } preview)
            return SitePreviewEndpoints.NoCrawler();

        var errors = new FieldErrors();
        var tried = await access.FindAsync(id, cancellationToken) ?? new SiteAccess();
        if (request is not null)
        {
            if (request.ToAccess(tried, errors) is not { } given)
                return errors.ToProblem();
            tried = given;
        }

        try
        {
            return TypedResults.Ok(await preview.TestAccessAsync(site, tried, cancellationToken));
        }
        // The rules of the site, or what is set, cannot be used: the text says what.
        catch (ArgumentException error)
        {
            errors.Add("access", error.Message);
            return errors.ToProblem();
        }
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string id, SiteStore sites, SiteAccessStore access, CancellationToken cancellationToken)
    {
        if (await sites.FindAsync(id, cancellationToken) is null)
            return Problems.NotFound("site");
        await access.DeleteAsync(id, cancellationToken);
        return TypedResults.NoContent();
    }
}
