using System.Collections.Concurrent;
using Chatbot.Backends.Servers.OpenAi.Embeddings;
using Chatbot.Backends.Sites;
using Chatbot.Core.Crawling;
using Chatbot.Core.Sites;
using Chatbot.Crawler.Access;
using Chatbot.Crawler.Runs;
using Chatbot.Crawler.Urls;
using Microsoft.Extensions.Options;

namespace Chatbot.Crawler.Previews;

/// <summary>Explains, previews and tests with the parts that crawls are made of. Safe for concurrent use.</summary>
internal sealed class SitePreview(
    IServiceProvider services,
    ScopeExplainer explainer,
    FetchMemories memories,
    AccessTester tester,
    SiteStore sites,
    SiteSessions sessions,
    IOptions<CrawlerOptions> options,
    IOptions<EmbeddingsOptions> embeddings,
    TimeProvider time) : ISitePreview
{
    private const int MostElsewhere = 200;

    public async Task<ScopeExplanation> ExplainAsync(Site site, SiteAccess? access, string url, CancellationToken cancellationToken)
    {
        using var session = await OpenAsync(site, access, cancellationToken);
        return await explainer.ExplainAsync(site, Rules(site), session, url, cancellationToken);
    }

    public async Task<CrawlPreview> PreviewAsync(Site site, SiteAccess? access, PreviewLimits limits, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.MaxPages, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limits.MaxPages, 1_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limits.MaxTime, TimeSpan.FromMinutes(5));
        // A run of so many pages. What it leaves for that reason is waiting, not out.
        var part = site with { Scope = site.Scope with { MaxPages = Math.Min(site.Scope.MaxPages, limits.MaxPages) } };
        var rules = Rules(part);
        using var session = await OpenAsync(site, access, cancellationToken);
        var memory = memories.Of(site, limits.IsReusing && access is null);
        var elsewhere = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);

        using var clock = new CancellationTokenSource(limits.MaxTime, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        await using var crawl = await ScratchCrawl.CreateAsync(services, cancellationToken);
        var (started, askedBefore) = (time.GetTimestamp(), memory.Asked);
        var lines = await crawl.CrawlAsync(
            (runId, scratch) => new RunContext(runId, scratch, rules, "preview", session) { Memory = memory, Elsewhere = Note },
            part,
            stop.Token,
            cancellationToken);
        var elapsed = time.GetElapsedTime(started);
        if (memory.Asked > askedBefore)
            memory.Spend(elapsed);

        var summary = new PreviewSummary(lines, crawl.Kept, isPart: part.Scope.MaxPages < site.Scope.MaxPages, memory.Pace, rules.MaxBytes);
        var preview = summary.ToPreview(elapsed, PriceOfToken());
        return preview with { Pages = [.. preview.Pages, .. elsewhere.Keys.Order(StringComparer.Ordinal).Select(Elsewhere)] };

        void Note(string link)
        {
            if (elsewhere.Count < MostElsewhere && rules.Normalize(link) is { } url)
                elsewhere.TryAdd(url, true);
        }

        CrawlPreview.Page Elsewhere(string url)
        {
            var verdict = rules.Explain(url);
            return new CrawlPreview.Page(url, false, verdict.Reason, verdict.Detail, null, null, null, 0, null);
        }
    }

    public async Task<AccessTest> TestAccessAsync(Site site, SiteAccess? access, CancellationToken cancellationToken)
    {
        using var session = await OpenAsync(site, access, cancellationToken) ?? sessions.Open(site, new SiteAccess());
        return await tester.TestAsync(session, Rules(site), cancellationToken);
    }

    private double? PriceOfToken() => embeddings.Value is { Endpoint: not null, PricePerMillionTokens: > 0 and var price } ? price / 1e6 : null;

    private ScopeRules Rules(Site site) => new(site.Scope, options.Value.Traps, time);

    // What is stored, by the stored site: its secrets go to the hosts it has, whatever rules are being tried.
    private async Task<SiteSession?> OpenAsync(Site site, SiteAccess? access, CancellationToken cancellationToken)
    {
        if (access is not null)
            return access.IsEmpty() ? null : sessions.Open(site, access);

        return await sites.FindAsync(site.Id, cancellationToken) is { } stored ? await sessions.OpenAsync(stored, cancellationToken) : null;
    }
}
