using Chatbot.Backends.Sites;
using Chatbot.Core.Blobs;
using Chatbot.Core.Extractions;
using Chatbot.Crawler.Fetching;
using Chatbot.Crawler.Frontier;
using Chatbot.Crawler.Politeness;
using Chatbot.Crawler.Robots;
using Microsoft.Extensions.Options;

namespace Chatbot.Crawler.Runs;

/// <summary>
/// Fetches the pictures in the main content of pages of sites that have them read, by the rules for pages: robots.txt, turns
/// at their host, no private addresses, limits of time and size. One that is known is asked for with its validators. Safe
/// for concurrent use.
/// </summary>
internal sealed class PagePictures(
    RobotsCache robots, HostGates gates, HttpPageFetcher fetcher, SiteImageStore store, IBlobStore blobs, IOptions<CrawlerOptions> options, TimeProvider time)
{
    // Pictures move less often than pages; a server may send them elsewhere, but not on and on.
    private const int MostRedirects = 3;

    // The same picture on page after page is asked for once.
    private static readonly TimeSpan s_fresh = TimeSpan.FromMinutes(10);

    /// <returns>The hashes of those that are there, in the page's order; none when the site does not ask for them.</returns>
    public async Task<IReadOnlyList<string>> KeepAsync(RunContext run, LeasedUrl page, Extraction extraction, CancellationToken cancellationToken)
    {
        // A preview keeps nothing.
        if (!run.Site.Reading.Images || run.Memory is not null) return [];
        var urls = extraction.At(page.Url).Blocks.SelectMany(block => block.Images ?? []).Distinct(StringComparer.Ordinal).Take(options.Value.Fetch.MaxImages);
        var kept = new List<string>();
        foreach (var url in urls)
            if (await FindAsync(run, url, cancellationToken) is { } hash) kept.Add(hash);
        return kept;
    }

    private async Task<string?> FindAsync(RunContext run, string url, CancellationToken cancellationToken)
    {
        var known = await store.FindAsync(run.Site.Id, url, cancellationToken);
        if (known is not null && time.GetUtcNow() - known.FetchedAt < s_fresh) return known.BlobHash;
        var image = await FetchAsync(run, url, known, cancellationToken) switch
        {
            FetchResult.Fetched fetched => new SiteImage(await blobs.PutAsync(fetched.Body, cancellationToken), fetched.ETag, fetched.LastModified, time.GetUtcNow()),
            FetchResult.NotModified when known is not null => known with { FetchedAt = time.GetUtcNow() },
            // Its host has trouble: what was there is still the best guess.
            FetchResult.Failed { IsRetryable: true } when known is not null => known,
            _ => new SiteImage(null, null, null, time.GetUtcNow()),
        };
        await store.SaveAsync(run.Site.Id, url, image, cancellationToken);
        return image.BlobHash;
    }

    private async Task<FetchResult?> FetchAsync(RunContext run, string url, SiteImage? known, CancellationToken cancellationToken)
    {
        var target = url;
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            var result = await FetchOnceAsync(run, new Uri(target), hop == 0 ? known : null, cancellationToken);
            if (result is not FetchResult.Redirected(var location) || LinkTarget.Resolve(null, location) is not { } next || !next.StartsWith("http", StringComparison.Ordinal)) return result;
            target = next;
        }

        return null;
    }

    private async Task<FetchResult?> FetchOnceAsync(RunContext run, Uri url, SiteImage? known, CancellationToken cancellationToken)
    {
        var allowPrivate = run.Site.AllowPrivateAddresses;
        // The site's session is for its own hosts.
        var session = run.OfSite(url.AbsoluteUri) is null ? null : run.Session;
        if (await robots.GetAsync(url, allowPrivate, session, cancellationToken) is not RobotsAnswer.Known { Rules: var rules } || !rules.Check(url.AbsoluteUri).Allowed) return null;
        var gate = await gates.GetAsync(url, allowPrivate, cancellationToken);
        using var turn = await gate.EnterAsync(run.Site.HostDelay, rules.CrawlDelay, cancellationToken);
        if (turn is null) return null;
        var result = await fetcher.FetchAsync(
            new FetchRequest(url.AbsoluteUri, allowPrivate) { IsImage = true, Session = session, ETag = known?.ETag, LastModified = known?.LastModified }, cancellationToken);
        if (result is FetchResult.Failed { IsOverload: true } overload) gate.Overloaded(overload.RetryAfter);
        return result;
    }
}
