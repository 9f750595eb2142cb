using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Core.Data;
using Chatbot.Crawler.Frontier;
using Chatbot.Crawler.Robots;
using Chatbot.Crawler.Runs;
using Chatbot.Crawler.Urls;
using Microsoft.Extensions.Options;

namespace Chatbot.Crawler.Sitemaps;

/// <summary>
/// Finds pages that no link may lead to: by the sitemaps that robots.txt names, by /sitemap.xml, and by the feeds that the
/// first pages name. What they name goes through the site's scope like any link. Safe for concurrent use.
/// </summary>
internal sealed partial class SitemapDiscovery(
    SitemapFetcher fetcher,
    RobotsCache robots,
    FeedStore feeds,
    OutcomeRecorder recorder,
    LinkSorter links,
    Database database,
    IOptions<CrawlerOptions> options,
    TimeProvider time,
    ILogger<SitemapDiscovery> logger)
{
    // Files of one run; an index may name 50,000, and indexes may name indexes.
    private const int MaxFiles = 1_000;
    private const int MaxNesting = 3;

    // URLs of one transaction: others want to write, too.
    private const int AdmittedAtATime = 1_000;

    /// <summary>Reads the site's sitemaps and the feeds known of it, once in a run.</summary>
    public async Task DiscoverAsync(RunContext run, CancellationToken cancellationToken)
    {
        // Sitemaps lead one step away from the start.
        if (run.Site.Scope.MaxDepth == 0 || !run.Site.Scope.Sitemaps || await feeds.HasReadAsync(run.RunId, cancellationToken))
            return;

        var waiting = new List<Source>();
        foreach (var origin in run.Scope.Origins)
        {
            if (await AskRobotsAsync(run, new Uri(origin), cancellationToken) is not { } answer)
                continue;

            waiting.AddRange(answer.Sitemaps
                .Where(s => Uri.TryCreate(new Uri(origin), s, out var url) && url.Scheme is "http" or "https")
                .Select(s => new Source(new Uri(new Uri(origin), s), origin + "/robots.txt", IsNamed: true, Nesting: 0)));
            waiting.Add(new Source(new Uri(origin + "/sitemap.xml"), origin + "/robots.txt", IsNamed: false, Nesting: 0));
        }

        foreach (var feed in await feeds.ListAsync(run.Site.Id, cancellationToken))
            waiting.Add(new Source(new Uri(feed), feed, IsNamed: true, Nesting: 0) { IsFeed = true });

        await ReadAllAsync(run, waiting, cancellationToken);
        await feeds.MarkAsync(run.RunId, FeedStore.Read, cancellationToken);
    }

    /// <summary>Reads the feeds that pages of this run have named since.</summary>
    public async Task ReadFeedsAsync(RunContext run, CancellationToken cancellationToken)
    {
        while (run.Feeds.TryTake(out var feed))
            await ReadAllAsync(run, [new Source(new Uri(feed.Url), feed.FoundOn, IsNamed: true, Nesting: 0) { IsFeed = true }], cancellationToken);
    }

    private async Task<RobotsAnswer.Known?> AskRobotsAsync(RunContext run, Uri origin, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            switch (await robots.GetAsync(origin, run.Site.AllowPrivateAddresses, run.Session, cancellationToken))
            {
                case RobotsAnswer.Known known:
                    return known;
                case RobotsAnswer.Unavailable { IsRetryable: true } later when attempt < options.Value.Attempts:
                    await WaitAsync(later.RetryAt - time.GetUtcNow(), cancellationToken);
                    break;
                default:
                    return null;
            }
        }
    }

    private async Task ReadAllAsync(RunContext run, List<Source> waiting, CancellationToken cancellationToken)
    {
        var (files, admitted) = (0, 0);
        // Depth first: what an index names comes before the next file that robots.txt names.
        for (var stack = new Stack<Source>(waiting.AsEnumerable().Reverse()); stack.TryPop(out var source) && files < MaxFiles && admitted < run.Scope.MaxPages;)
        {
            if (!run.Feeds.TryRead(source.Url.AbsoluteUri))
                continue;

            files++;
            if (await ReadAsync(run, source, cancellationToken) is not { } content)
                continue;

            admitted += await AdmitAsync(run, source, content.Pages, cancellationToken);
            if (source.Nesting >= MaxNesting)
                continue;

            // The newest is read first, so it goes on top last.
            foreach (var child in content.Sitemaps.OrderBy(s => s.LastModified ?? DateTimeOffset.MinValue))
                if (Uri.TryCreate(source.Url, child.Url, out var url) && url.Scheme is "http" or "https")
                    stack.Push(new Source(url, source.Url.AbsoluteUri, IsNamed: true, source.Nesting + 1));
        }
    }

    private async Task<SitemapContent?> ReadAsync(RunContext run, Source source, CancellationToken cancellationToken)
    {
        var result = await fetcher.FetchAsync(run, source.Url, cancellationToken);
        for (var attempt = 1; attempt < options.Value.Attempts && result is SitemapFetchResult.Failed { IsRetryable: true } failed; attempt++)
        {
            var wait = options.Value.RetryDelay * Math.Pow(2, attempt - 1);
            await WaitAsync(failed.RetryAfter > wait ? failed.RetryAfter.Value : wait, cancellationToken);
            result = await fetcher.FetchAsync(run, source.Url, cancellationToken);
        }

        if (result is SitemapFetchResult.Failed lost)
        {
            LogLost(source.Url, lost.Reason, lost.Detail);
            // A file that is not there names nothing; of one that does not come nobody knows what it would have named.
            if (lost.Reason is not (PageReasons.NotFound or PageReasons.Robots))
                await feeds.MarkAsync(run.RunId, FeedStore.Lost, cancellationToken);
            if (source.IsFeed && lost.Reason == PageReasons.NotFound)
                await feeds.ForgetAsync(run.Site.Id, source.Url.AbsoluteUri, cancellationToken);
            // That there is no /sitemap.xml is no fault of a site that never said so.
            if (source.IsNamed)
                await NoteAsync(run, source, lost.Reason, lost.Detail, lost.Status, cancellationToken);
            return null;
        }

        var content = SitemapParser.Parse(((SitemapFetchResult.Found)result).Body);
        LogRead(source.Url, content.Pages.Count, content.Sitemaps.Count, content.Problem);
        if (source.IsNamed && content.Problem is not null)
            await feeds.MarkAsync(run.RunId, FeedStore.Lost, cancellationToken);
        if (source.IsNamed && content.Problem is { } problem)
            await NoteAsync(run, source, PageReasons.Sitemap, problem, 200, cancellationToken);
        else if (source.IsFeed)
            await feeds.KeepAsync(run.Site.Id, source.Url.AbsoluteUri, cancellationToken);
        return content;
    }

    private async Task<int> AdmitAsync(RunContext run, Source source, IReadOnlyList<SitemapEntry> entries, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var admitted = 0;
        // The newest first: should the run meet its page limit, the oldest are left.
        foreach (var some in entries.OrderByDescending(e => e.LastModified ?? DateTimeOffset.MinValue).Chunk(AdmittedAtATime))
        {
            var candidates = new List<Candidate>(some.Length);
            foreach (var entry in some)
            {
                if (!Uri.TryCreate(source.Url, entry.Url, out var absolute) || run.OfSite(absolute.AbsoluteUri) is not { } url)
                    continue;
                if (!run.HasSeen(url, 1) || entry.LastModified is not null)
                    candidates.Add(links.Judge(run, url, 1, source.Url.AbsoluteUri) with { ModifiedAt = entry.LastModified > now ? now : entry.LastModified });
            }

            if (candidates.Count > 0)
                admitted += await recorder.AdmitAsync(run, candidates, cancellationToken);
        }

        return admitted;
    }

    /// <summary>Puts a file that could not be read into the report of the run.</summary>
    private Task NoteAsync(RunContext run, Source source, string reason, string detail, int? status, CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            var batch = recorder.Begin(transaction, run);
            var url = UrlNormalizer.Normalize(source.Url.AbsoluteUri) ?? source.Url.AbsoluteUri;
            var state = reason == PageReasons.Robots ? "skipped" : "failed";
            var added = await transaction.RunAsync(
                $"""
                {database.Dialect.InsertOrIgnore} frontier (run_id, url_hash, url, host, depth, found_on, state, not_before, reason, detail, status)
                VALUES (@RunId, @hash, @url, @host, 1, @FoundOn, @state, @Now, @reason, @detail, @status)
                """,
                new { run.RunId, hash = Ids.Hash(url), url, host = BatchTransaction.HostOf(url), source.FoundOn, state, batch.Now, reason, detail = OutcomeRecorder.Shorten(detail, 1_000), status },
                cancellationToken);
            if (added > 0)
            {
                batch.Counters.Add(state);
                batch.Counters.Fetched += status is null ? 0 : 1;
                await batch.SaveCountersAsync(cancellationToken);
            }
        },
        cancellationToken);

    private Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait > options.Value.MaxRetryAfter)
            wait = options.Value.MaxRetryAfter;
        return wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellationToken) : Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Information, "Sitemap {Url} names {Pages} pages and {Sitemaps} sitemaps {Problem}")]
    private partial void LogRead(Uri url, int pages, int sitemaps, string? problem);

    [LoggerMessage(LogLevel.Information, "Sitemap {Url} could not be read: {Reason}, {Detail}")]
    private partial void LogLost(Uri url, string reason, string detail);

    /// <param name="IsNamed">Somebody said that it is there.</param>
    /// <param name="Nesting">Indexes above it.</param>
    private sealed record Source(Uri Url, string FoundOn, bool IsNamed, int Nesting)
    {
        public bool IsFeed { get; init; }
    }
}
