using Chatbot.Backends.Crawling;
using Microsoft.Extensions.Options;

namespace Chatbot.Crawler.Schedules;

/// <summary>
/// Starts the runs of sites that have a schedule. Several processes may do so: of them one takes a start, in the database.
/// Starts that were missed because nothing ran are caught up by one run, and a run that still goes on is no reason for a
/// second one.
/// </summary>
internal sealed partial class CrawlScheduler(ScheduleStore schedules, CrawlRequests crawls, IOptions<CrawlerOptions> options, TimeProvider time, ILogger<CrawlScheduler> logger) : BackgroundService
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_look < options.Value.PollInterval ? options.Value.PollInterval : s_look, time);
        try
        {
            do
            {
                try
                {
                    await LookAsync(stoppingToken);
                }
                // The database may be busy or away for a moment.
                catch (Exception error) when (!stoppingToken.IsCancellationRequested)
                {
                    LogLookBroke(error);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    /// <summary>Plans what has no plan and starts what is due.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var site in await schedules.ListDueAsync(cancellationToken))
        {
            var now = time.GetUtcNow();
            // From now on, not from the time that was missed: that is caught up once.
            var next = site.Schedule.Next(now) is { } planned ? planned + Jitter(site.Id, planned) : (DateTimeOffset?)null;
            if (next is null)
                LogNever(site.Id);
            if (await schedules.StartAsync(site, next, cancellationToken) is not { } start)
                continue;

            LogStarted(start.Run.Id, site.Id, start.AlreadyRunning);
            await crawls.AnnounceAsync(start.Run, cancellationToken);
        }
    }

    // By the site and the time, so that every process plans the same: sites of one schedule do not start at one moment.
    private TimeSpan Jitter(string siteId, DateTimeOffset planned)
    {
        var most = options.Value.ScheduleJitter.TotalMilliseconds;
        var hash = Core.Ids.Hash($"{siteId} {planned.ToUnixTimeSeconds()}");
        return TimeSpan.FromMilliseconds(most * (Convert.ToUInt16(hash[..4], 16) / 65_536.0));
    }

    [LoggerMessage(LogLevel.Information, "Run {RunId} of site {SiteId} by its schedule (one goes on already: {AlreadyRunning})")]
    private partial void LogStarted(string runId, string siteId, bool alreadyRunning);

    [LoggerMessage(LogLevel.Warning, "The schedule of site {SiteId} never comes, or its time zone is not known here")]
    private partial void LogNever(string siteId);

    [LoggerMessage(LogLevel.Error, "Looking for scheduled crawls broke; trying again")]
    private partial void LogLookBroke(Exception error);
}
