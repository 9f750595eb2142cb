using Chatbot.Api.Http;
using Chatbot.Backends.Sites;
using Chatbot.Core.Sites;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Api.Sites;

internal static class SiteAccessEndpoints
{
    public static void MapSiteAccess(this RouteGroupBuilder sites)
    {
        sites.MapGet("/{id}/access", FindAsync).WithSummary("What is set to open a site: names, never values.");
        sites.MapPut("/{id}/access", SaveAsync).WithSummary("Sets the headers, cookies, passwords, form, proxy and certificates that open a site, in place of what there was.");
        sites.MapDelete("/{id}/access", DeleteAsync).WithSummary("Forgets all that opens a site.");
    }

    private static async Task<Results<Ok<SiteAccessReply>, ProblemHttpResult>> FindAsync(string id, SiteStore sites, SiteAccessStore access, CancellationToken cancellationToken) =>
        await sites.FindAsync(id, cancellationToken) is null
            ? Problems.NotFound("site")
            : TypedResults.Ok(SiteAccessReply.From(await access.FindAsync(id, cancellationToken) ?? new SiteAccess()));

    private static async Task<Results<Ok<SiteAccessReply>, ValidationProblem, ProblemHttpResult>> SaveAsync(
        string id, SiteAccessRequest request, SiteStore sites, SiteAccessStore access, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        request.CheckFields(errors);
        if (errors.Any)
            return errors.ToProblem();
        if (await sites.FindAsync(id, cancellationToken) is null)
            return Problems.NotFound("site");
        var given = request.ToAccess();
        await access.SaveAsync(id, given, cancellationToken);
        return TypedResults.Ok(SiteAccessReply.From(given));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string id, SiteStore sites, SiteAccessStore access, CancellationToken cancellationToken)
    {
        if (await sites.FindAsync(id, cancellationToken) is null)
            return Problems.NotFound("site");
        await access.DeleteAsync(id, cancellationToken);
        return TypedResults.NoContent();
    }
}
