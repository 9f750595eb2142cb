using Chatbot.Backends.Crawling;
using Chatbot.Backends.Data;
using Chatbot.Backends.Sites;
using Chatbot.Core.Crawling;
using Chatbot.Core.Jobs;
using Chatbot.Crawler.Access;
using Chatbot.Crawler.Frontier;
using Chatbot.Crawler.Urls;
using Microsoft.Extensions.Options;

namespace Chatbot.Crawler.Runs;

/// <summary>
/// Works on every open run, those that another process left behind too. What is to be done stands in the table of runs; the
/// jobs in the queue only say that it is worth a look.
/// </summary>
internal sealed partial class CrawlWorker(
    CrawlRunStore runs,
    SiteStore sites,
    SiteSessions sessions,
    IJobQueue queue,
    RunWorker worker,
    Announcer announcer,
    IOptions<CrawlerOptions> options,
    TimeProvider time,
    ILogger<CrawlWorker> logger) : BackgroundService
{
    // A run that broke so often in a row will break again.
    private const int MostBreaks = 3;

    private readonly string _lease = LeaseName.New();
    private readonly SemaphoreSlim _wakeUp = new(0);
    private readonly Dictionary<string, Task> _active = [];
    private readonly Dictionary<string, int> _breaks = [];

    public override void Dispose()
    {
        _wakeUp.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            var listening = ListenAsync(stoppingToken);
            await announcer.AnnounceAsync(null, stoppingToken);
            while (true)
            {
                try
                {
                    await StartOpenAsync(stoppingToken);
                }
                // The database may be busy or away for a moment; the crawls of other runs go on.
                catch (Exception error) when (!stoppingToken.IsCancellationRequested)
                {
                    LogLookBroke(error);
                }

                await _wakeUp.WaitAsync(options.Value.PollInterval, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(_active.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task StartOpenAsync(CancellationToken stoppingToken)
    {
        foreach (var ended in _active.Where(a => a.Value.IsCompleted).Select(a => a.Key).ToList())
            _active.Remove(ended);

        foreach (var run in await runs.ListWorkableAsync(stoppingToken))
        {
            if (_active.Count >= options.Value.MaxRuns)
                return;
            if (!_active.ContainsKey(run.Id))
                _active.Add(run.Id, WorkAsync(run, stoppingToken));
        }
    }

    private async Task WorkAsync(CrawlRun run, CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            if (await sites.FindAsync(run.SiteId, stoppingToken) is not { } site
                || !await runs.SetStateAsync(run.Id, CrawlRunState.Running, null, stoppingToken))
                return;

            LogStarted(run.Id, site.Name, run.State == CrawlRunState.Running);
            // One who owns the site needs no address to complain to.
            if (options.Value.Fetch.Contact.Length == 0 && !site.AllowPrivateAddresses)
                LogNoContact(site.Name);
            ScopeRules scope;
            SiteSession? session;
            try
            {
                session = await sessions.OpenAsync(site, stoppingToken);
                scope = new ScopeRules(site.Scope, options.Value.Traps, time);
            }
            catch (ArgumentException error)
            {
                await runs.SetStateAsync(run.Id, CrawlRunState.Failed, error.Message, stoppingToken);
                return;
            }

            // The first run has nothing to compare with: it is a full one, whatever was asked for.
            var since = run.Mode == CrawlMode.Incremental ? await runs.FindLastCompletedAsync(site.Id, stoppingToken) : null;
            using (session)
                await worker.WorkAsync(new RunContext(run.Id, site, scope, _lease, session) { Since = since }, stoppingToken);
            _wakeUp.Release();
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            await BrokeAsync(run, error, stoppingToken);
        }
    }

    private async Task BrokeAsync(CrawlRun run, Exception error, CancellationToken stoppingToken)
    {
        LogBroke(error, run.Id);
        int breaks;
        lock (_breaks)
            breaks = _breaks[run.Id] = _breaks.GetValueOrDefault(run.Id) + 1;

        if (breaks >= MostBreaks)
            await runs.SetStateAsync(run.Id, CrawlRunState.Failed, "The crawl broke three times by an error of this program; see the log.", stoppingToken);
        else
            await Task.Delay(options.Value.RetryDelay * breaks, time, stoppingToken);
    }

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var jobs = await queue.TakeAsync(Queues.Crawls, 16, stoppingToken);
                _wakeUp.Release();
                await queue.CompleteAsync(jobs, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            // Runs are also found without the queue, a little later.
            catch (Exception error)
            {
                LogListenBroke(error);
                await Task.Delay(options.Value.RetryDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Working on run {RunId} of {Site} (resumed: {IsResumed})")]
    private partial void LogStarted(string runId, string site, bool isResumed);

    [LoggerMessage(LogLevel.Warning, "{Site} is crawled without a contact in the user agent: set Crawler:Fetch:Contact to an address where its owner can reach you")]
    private partial void LogNoContact(string site);

    [LoggerMessage(LogLevel.Error, "Run {RunId} broke")]
    private partial void LogBroke(Exception error, string runId);

    [LoggerMessage(LogLevel.Error, "Looking for runs broke; trying again")]
    private partial void LogLookBroke(Exception error);

    [LoggerMessage(LogLevel.Warning, "Listening for crawls broke; trying again")]
    private partial void LogListenBroke(Exception error);
}
