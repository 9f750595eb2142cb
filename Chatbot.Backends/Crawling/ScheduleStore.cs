using System.Text.Json;
using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Core.Crawling;
using Chatbot.Core.Data;
using Chatbot.Core.Sites;

namespace Chatbot.Backends.Crawling;

/// <summary>Which sites are to be crawled when. Safe for concurrent use, by several processes too.</summary>
public sealed class ScheduleStore(Database database, CrawlRunStore runs, TimeProvider clock)
{
    /// <returns>The sites with a schedule whose time has come, or that have no time yet. Paused ones wait.</returns>
    public async Task<IReadOnlyList<ScheduledSite>> ListDueAsync(CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            connection => connection.ListAsync<Row>(
                "SELECT id, schedule, next_crawl_at FROM sites WHERE schedule IS NOT NULL AND paused = 0 AND (next_crawl_at IS NULL OR next_crawl_at <= @now) ORDER BY id",
                With(new { now = clock.Now() }),
                cancellationToken),
            cancellationToken);
        return rows.ConvertAll(r => new ScheduledSite(r.Id, JsonSerializer.Deserialize(r.Schedule, CoreJson.Default.SiteSchedule)!, r.NextCrawlAt));
    }

    /// <summary>Notes the next time and, when one was due, asks for a run: both or neither.</summary>
    /// <returns>Null when nothing was due, or another process was first.</returns>
    public Task<(CrawlRun Run, bool AlreadyRunning)?> StartAsync(ScheduledSite site, DateTimeOffset? next, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(site);
        return database.WriteAsync<(CrawlRun, bool)?>(
            async transaction =>
            {
                var planned = next is { } time ? Stored.Time(time) : long.MaxValue;
                var isMine = await transaction.RunAsync(
                    "UPDATE sites SET next_crawl_at = @planned WHERE id = @Id AND (next_crawl_at = @DueAt OR (next_crawl_at IS NULL AND @DueAt IS NULL))",
                    new { planned, site.Id, site.DueAt },
                    cancellationToken) > 0;
                return isMine && site.DueAt is not null
                    ? await runs.RequestAsync(transaction, site.Id, site.Schedule.Mode, cancellationToken)
                    : null;
            },
            cancellationToken);
    }

    /// <returns>When the site is crawled next by its schedule; null when it has none, or is not planned yet.</returns>
    public async Task<DateTimeOffset?> FindNextAsync(string siteId, CancellationToken cancellationToken)
    {
        var next = await database.ReadAsync(
            connection => connection.FirstAsync<long?>("SELECT next_crawl_at FROM sites WHERE id = @siteId", With(new { siteId }), cancellationToken), cancellationToken);
        return next is null or long.MaxValue ? null : Stored.Time(next.Value);
    }

    /// <summary>Holds a site back, with the run it has, or lets it go on.</summary>
    /// <returns>False when it is not there.</returns>
    public async Task<bool> SetPausedAsync(string siteId, bool isPaused, CancellationToken cancellationToken) => await database.WriteAsync(
        transaction => transaction.RunAsync("UPDATE sites SET paused = @paused WHERE id = @siteId", new { paused = isPaused ? 1 : 0, siteId }, cancellationToken),
        cancellationToken) > 0;

    private sealed class Row
    {
        public string Id { get; set; } = "";

        public string Schedule { get; set; } = "";

        public long? NextCrawlAt { get; set; }
    }
}
