using System.Threading.Channels;
using Chatbot.Backends.Crawling;
using Chatbot.Core.Crawling;
using Chatbot.Crawler.Frontier;
using Chatbot.Crawler.Sitemaps;
using Chatbot.Crawler.Urls;
using Microsoft.Extensions.Options;

namespace Chatbot.Crawler.Runs;

/// <summary>
/// Works on one run until it ends, is cancelled, or this process stops. Visits go on side by side; what they come to is
/// recorded by one hand, many at a time.
/// </summary>
internal sealed partial class RunWorker(
    CrawlRunStore runs,
    FrontierStore frontier,
    OutcomeRecorder recorder,
    PageVisitor visitor,
    LinkSorter links,
    RunEnding ending,
    SitemapDiscovery sitemaps,
    IOptions<CrawlerOptions> options,
    TimeProvider time,
    ILogger<RunWorker> logger)
{
    // Outcomes of one transaction at most: enough to make its cost small, few enough to let other writers in.
    private const int BatchSize = 64;

    // Nobody notices it, and a server on the same machine answers two dozen requests in it.
    private static readonly TimeSpan s_gather = TimeSpan.FromMilliseconds(10);

    /// <exception cref="OperationCanceledException">This process stops; the run goes on with the next start.</exception>
    public async Task WorkAsync(RunContext run, CancellationToken stoppingToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var watch = WatchAsync(run, stop);
        try
        {
            await frontier.ReclaimAsync(run.RunId, stop.Token);
            foreach (var url in await frontier.GetQueriesAsync(run.RunId, stop.Token))
                run.Scope.Count(url);

            await recorder.AdmitAsync(run, [.. run.Scope.StartUrls.Select(u => new Candidate(u, 0, null, run.Scope.Explain(u)))], stop.Token);
            await CrawlAsync(run, stop.Token);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested && stop.IsCancellationRequested)
        {
            // Ended from elsewhere: cancelled, or finished by another crawler.
            await ending.CleanUpAsync(run, stoppingToken);
            LogStopped(run.RunId);
        }
        finally
        {
            await stop.CancelAsync();
            await watch;
            // Not with the token: it is the last thing this crawler does for the run, and saves the next one the wait.
            await frontier.ReleaseAsync(run.RunId, run.Lease, CancellationToken.None);
        }
    }

    private async Task CrawlAsync(RunContext run, CancellationToken cancellationToken)
    {
        var outcomes = Channel.CreateUnbounded<PageOutcome>(new UnboundedChannelOptions { SingleReader = true });
        using var slots = new SemaphoreSlim(options.Value.RunConcurrency);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var visits = new HashSet<Task>();
        var inHand = 0;
        var batch = new List<PageOutcome>(BatchSize);
        var discovery = sitemaps.DiscoverAsync(run, stop.Token);
        try
        {
            while (true)
            {
                batch.Clear();
                while (batch.Count < BatchSize && outcomes.Reader.TryRead(out var outcome))
                    batch.Add(outcome);

                // More than can be worked on: the next URLs are there while outcomes are being gathered and recorded. Most of all
                // where answers come fast; elsewhere what is in hand would keep a pause, or another crawler, waiting.
                var most = options.Value.RunConcurrency * (batch.Count >= options.Value.RunConcurrency ? 4 : 2);
                var wanted = run.IsPaused ? 0 : Math.Max(0, most - (inHand - batch.Count));
                var leased = batch.Count > 0 || wanted >= options.Value.RunConcurrency
                    ? await recorder.RecordAsync(run, batch, wanted, cancellationToken)
                    : [];
                inHand += leased.Count - batch.Count;
                visits.RemoveWhere(v => v.IsCompleted);
                foreach (var page in leased)
                    visits.Add(VisitAsync(run, page, slots, outcomes.Writer, stop.Token));

                // What is in hand is recorded; the rest waits until somebody lets the site go on.
                if (run.IsPaused && inHand == 0)
                    return;

                if (discovery.IsCompleted && run.Feeds.Any)
                {
                    await discovery;
                    discovery = sitemaps.ReadFeedsAsync(run, stop.Token);
                }

                if (inHand == 0 && !discovery.IsCompleted)
                {
                    // What it finds meanwhile is taken at the next look.
                    await Task.WhenAny(discovery, Task.Delay(options.Value.PollInterval, time, cancellationToken));
                }
                else if (inHand == 0)
                {
                    await discovery;
                    if (await TryEndAsync(run, cancellationToken))
                        return;
                }
                else
                {
                    await outcomes.Reader.WaitToReadAsync(cancellationToken);
                    // Where answers come fast, many are recorded for the price of a few.
                    await Task.Delay(s_gather, time, cancellationToken);
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll([discovery, .. visits]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task VisitAsync(RunContext run, LeasedUrl page, SemaphoreSlim slots, ChannelWriter<PageOutcome> outcomes, CancellationToken cancellationToken)
    {
        await Task.Yield();
        await slots.WaitAsync(cancellationToken);
        try
        {
            outcomes.TryWrite(await visitor.VisitAsync(run, page, cancellationToken));
        }
        finally
        {
            slots.Release();
        }
    }

    /// <summary>Nothing is in hand: ends the run, or waits until there is something to do again.</summary>
    private async Task<bool> TryEndAsync(RunContext run, CancellationToken cancellationToken)
    {
        var pending = await frontier.GetPendingAsync(run.RunId, cancellationToken);
        if (pending.Count == 0)
            return await ending.TryEndAsync(run, links, cancellationToken);

        // Retries wait for their time; the rest is in the hands of others, who may fall silent.
        var wait = options.Value.PollInterval;
        if (pending.Next is { } next)
        {
            var until = next - time.GetUtcNow();
            wait = until < wait ? until : wait;
        }

        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, cancellationToken);

        await frontier.ReclaimAsync(run.RunId, cancellationToken);
        return false;
    }

    /// <summary>Keeps the leases and notices when the run is ended from elsewhere.</summary>
    private async Task WatchAsync(RunContext run, CancellationTokenSource stop)
    {
        try
        {
            var renewed = time.GetTimestamp();
            while (true)
            {
                await Task.Delay(options.Value.PollInterval, time, stop.Token);
                run.IsPaused = !await runs.IsWorkableAsync(run.RunId, stop.Token);
                if (run.IsPaused && await runs.FindAsync(run.RunId, stop.Token) is not { State: CrawlRunState.Running or CrawlRunState.Queued })
                {
                    await stop.CancelAsync();
                    return;
                }

                if (time.GetElapsedTime(renewed) > options.Value.Lease / 4)
                {
                    await frontier.RenewAsync(run.RunId, run.Lease, stop.Token);
                    renewed = time.GetTimestamp();
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The run is over.
        }
        catch (Exception error)
        {
            // Without the watch the leases run out and two would work on the same URLs.
            LogWatchBroke(error, run.RunId);
            await stop.CancelAsync();
        }
    }

    [LoggerMessage(LogLevel.Information, "Run {RunId} was ended from elsewhere")]
    private partial void LogStopped(string runId);

    [LoggerMessage(LogLevel.Error, "Watching run {RunId} broke; it is taken up again")]
    private partial void LogWatchBroke(Exception error, string runId);
}
