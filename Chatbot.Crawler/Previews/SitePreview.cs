using Chatbot.Backends.Sites;
using Chatbot.Core.Crawling;
using Chatbot.Core.Sites;
using Chatbot.Crawler.Access;
using Chatbot.Crawler.Runs;
using Chatbot.Crawler.Urls;
using Microsoft.Extensions.Options;

namespace Chatbot.Crawler.Previews;

/// <summary>Explains and previews with the parts that crawls are made of. Safe for concurrent use.</summary>
internal sealed class SitePreview(
    ScopeExplainer explainer, PreviewVisitor visitor, SiteStore sites, SiteSessions sessions, IOptions<CrawlerOptions> options, TimeProvider time) : ISitePreview
{
    public async Task<ScopeExplanation> ExplainAsync(Site site, string url, CancellationToken cancellationToken)
    {
        var scope = new ScopeRules(site.Scope, options.Value.Traps, time);
        using var session = await OpenAsync(site, cancellationToken);
        return await explainer.ExplainAsync(site, scope, session, url, cancellationToken);
    }

    public async Task<CrawlPreview> PreviewAsync(Site site, int maxPages, TimeSpan maxTime, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPages, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxPages, 1_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxTime, TimeSpan.FromMinutes(5));
        var scope = new ScopeRules(site.Scope, options.Value.Traps, time);
        using var session = await OpenAsync(site, cancellationToken);
        // No run of the database: what it shares with runs is how they judge links.
        var run = new RunContext("preview", site, scope, "preview", session);
        return await new PreviewWalk(run, visitor, options.Value, time).WalkAsync(maxPages, maxTime, cancellationToken);
    }

    // By the stored site: its secrets go to the hosts it has, whatever rules are being tried.
    private async Task<SiteSession?> OpenAsync(Site site, CancellationToken cancellationToken) =>
        await sites.FindAsync(site.Id, cancellationToken) is { } stored ? await sessions.OpenAsync(stored, cancellationToken) : null;
}
