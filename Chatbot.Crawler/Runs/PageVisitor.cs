using System.Diagnostics;
using Chatbot.Core.Sites;
using Chatbot.Crawler.Fetching;
using Chatbot.Crawler.Frontier;
using Chatbot.Crawler.Politeness;
using Chatbot.Crawler.Rendering;
using Chatbot.Crawler.Robots;
using Chatbot.Crawler.Urls;
using Chatbot.Html;
using Microsoft.Extensions.Options;

namespace Chatbot.Crawler.Runs;

/// <summary>Visits one URL: asks robots.txt, waits for its turn at the host, fetches and reads. Safe for concurrent use.</summary>
internal sealed partial class PageVisitor(
    RobotsCache robots,
    HostGates gates,
    HttpPageFetcher fetcher,
    PageReader reader,
    LinkSorter links,
    IOptions<CrawlerOptions> options,
    TimeProvider time,
    ILogger<PageVisitor> logger)
{
    /// <summary>Never throws for what a server or a page does.</summary>
    public async Task<PageOutcome> VisitAsync(RunContext run, LeasedUrl page, CancellationToken cancellationToken)
    {
        // Each page has a trace of its own: it goes on through ingestion, and a run has too many pages for one.
        Activity.Current = null;
        using var activity = CrawlerTelemetry.Source.StartActivity("crawl page");
        activity?.SetTag("url.full", page.Url);
        activity?.SetTag("chatbot.run", run.RunId);
        PageOutcome outcome;
        try
        {
            outcome = await VisitCoreAsync(run, page, cancellationToken);
        }
        // One page must not stop the run.
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogBroke(error, page.Url);
            outcome = new PageOutcome.Fail(page, PageReasons.Error, "the page could not be read: an error of this program, see the log");
        }

        var name = outcome.GetType().Name.ToLowerInvariant();
        activity?.SetTag("http.response.status_code", outcome.Status);
        activity?.SetTag("chatbot.outcome", name);
        if (outcome is PageOutcome.Fail failed)
        {
            activity?.SetStatus(ActivityStatusCode.Error, failed.Detail);
            LogFailed(page.Url, failed.Reason, failed.Detail);
        }

        CrawlerTelemetry.Visits.Add(1, new KeyValuePair<string, object?>("outcome", name));
        return outcome with { TraceParent = activity?.Id };
    }

    private async Task<PageOutcome> VisitCoreAsync(RunContext run, LeasedUrl page, CancellationToken cancellationToken)
    {
        var url = new Uri(page.Url);
        var allowPrivate = run.Site.AllowPrivateAddresses;
        var answer = await robots.GetAsync(url, allowPrivate, run.Session, cancellationToken);
        if (answer is RobotsAnswer.Unavailable unavailable)
            return Later(page, unavailable.Reason, unavailable.Detail, unavailable.IsRetryable, unavailable.RetryAt - time.GetUtcNow(), isHosts: false);

        var rules = ((RobotsAnswer.Known)answer).Rules;
        if (rules.Check(page.Url) is { Allowed: false, Rule: var rule })
            return new PageOutcome.Skip(page, PageReasons.Robots, $"robots.txt: {rule}");

        if (run.Memory?.FindPage(page.Url) is { } known)
            return await ReadAsync(run, page, known, isHosts: false, elapsed: 0, cancellationToken);

        var gate = await gates.GetAsync(url, allowPrivate, cancellationToken);
        FetchResult result;
        long elapsed;
        using (var turn = await gate.EnterAsync(run.Site.HostDelay, rules.CrawlDelay, cancellationToken))
        {
            if (turn is null)
                return new PageOutcome.Fail(page, PageReasons.HostDown, $"{url.Authority} does not answer any more");

            var started = time.GetTimestamp();
            var isSettled = PageRendering.IsSettledBySameBytes(run.Site, page) && IsSureToBeRead(run, page, url);
            result = await fetcher.FetchAsync(
                new FetchRequest(page.Url, allowPrivate) { Session = run.Session, ETag = isSettled ? page.Etag : null, LastModified = isSettled ? page.LastModified : null }, cancellationToken);
            var duration = time.GetElapsedTime(started);
            CrawlerTelemetry.Duration.Record(duration.TotalSeconds);
            elapsed = (long)duration.TotalMilliseconds;
            Tell(gate, result);
            run.Memory?.KeepPage(page.Url, result);
        }

        // Out of the turn: to ask whether the host is there takes as long as it takes.
        var isHosts = result is FetchResult.Failed { IsOverload: true }
            || (result is FetchResult.Failed { IsRetryable: true, Status: null or 502 or 504 } && await gate.IsAwayAsync(token => IsThereAsync(run, url, token), cancellationToken));
        return await ReadAsync(run, page, result, isHosts, elapsed, cancellationToken);
    }

    /// <param name="isHosts">A failure is the host's trouble.</param>
    /// <param name="elapsed">Milliseconds that it took.</param>
    private async Task<PageOutcome> ReadAsync(RunContext run, LeasedUrl page, FetchResult result, bool isHosts, long elapsed, CancellationToken cancellationToken)
    {
        var outcome = result switch
        {
            FetchResult.Fetched fetched => await reader.ReadAsync(run, page, fetched, cancellationToken),
            FetchResult.NotModified same => reader.ReadSame(run, page, same),
            FetchResult.Redirected(var location) => links.Redirect(run, page, location),
            FetchResult.Gone(var detail) => new PageOutcome.Gone(page, PageReasons.NotFound, detail),
            FetchResult.Skipped(var reason, var detail) skipped => new PageOutcome.Skip(page, reason, detail) { ContentType = skipped.ContentType },
            FetchResult.Failed failed => Later(page, failed.Reason, failed.Detail, failed.IsRetryable, failed.RetryAfter, isHosts),
            _ => throw new UnreachableException($"Unhandled {result}"),
        };
        return outcome with { Status = result.Status, Milliseconds = (int)Math.Min(elapsed, int.MaxValue) };
    }

    // Of a file whose address does not say what it is, only the content tells whether the site still wants its kind.
    private static bool IsSureToBeRead(RunContext run, LeasedUrl page, Uri url) =>
        run.Scope.ReadsAll || (page.Links is not null ? run.Scope.Reads(SiteFileTypes.Html) : FileTypes.KindOf(url) is not null);

    private static void Tell(HostGate gate, FetchResult result)
    {
        if (result is FetchResult.Failed { Reason: PageReasons.TimedOut })
            gate.TooSlow();
        if (result is FetchResult.Failed { IsOverload: true } overload)
            gate.Overloaded(overload.RetryAfter);
        else if (result is FetchResult.Failed { Status: null, IsRetryable: true })
            gate.Unreachable();
        else
            gate.Succeeded(result.Latency);
    }

    /// <summary>Whether a host answers anything at all, for itself: robots.txt is asked for by everybody and made by no program.</summary>
    private async Task<bool> IsThereAsync(RunContext run, Uri url, CancellationToken cancellationToken)
    {
        var request = new FetchRequest(new Uri(url, "/robots.txt").AbsoluteUri, run.Site.AllowPrivateAddresses) { Session = run.Session };
        return await fetcher.FetchAsync(request, cancellationToken) is { Status: not (null or 502 or 503 or 504) };
    }

    /// <param name="isHosts">The host's trouble, which is waited for more often.</param>
    private PageOutcome Later(LeasedUrl page, string reason, string detail, bool isRetryable, TimeSpan? retryAfter, bool isHosts)
    {
        if (!isRetryable || (isHosts ? page.Waits >= options.Value.Waits : page.Attempts + 1 >= options.Value.Attempts))
            return new PageOutcome.Fail(page, reason, detail);

        // More than 30 doublings are more than any limit.
        var wait = options.Value.RetryDelay * Math.Pow(2, Math.Min(isHosts ? page.Waits : page.Attempts, 30));
        if (retryAfter > wait || isHosts)
            wait = Min(retryAfter > wait ? retryAfter.Value : wait, options.Value.MaxRetryAfter);

        return new PageOutcome.Retry(page, reason, detail, time.GetUtcNow() + wait, isHosts);
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    [LoggerMessage(LogLevel.Error, "Reading {Url} broke")]
    private partial void LogBroke(Exception error, string url);

    [LoggerMessage(LogLevel.Information, "{Url} failed: {Reason}, {Detail}")]
    private partial void LogFailed(string url, string reason, string detail);
}
