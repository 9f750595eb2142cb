using System.Data.Common;
using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Core.Crawling;
using Chatbot.Core.Data;

namespace Chatbot.Backends.Crawling;

/// <summary>The runs and their states; their counters are kept by the crawler. Safe for concurrent use.</summary>
public sealed class CrawlRunStore(Database database, TimeProvider clock)
{
    private const string Select = $"SELECT {CrawlRunRow.Columns} FROM crawl_runs";
    private const string IsOpen = "state IN ('queued', 'running')";

    /// <summary>Queues a run over all of a site, unless the site has one that is not finished: then that one is returned.</summary>
    /// <exception cref="InvalidOperationException">There is no such site.</exception>
    public Task<(CrawlRun Run, bool AlreadyRunning)> RequestAsync(string siteId, CancellationToken cancellationToken) =>
        RequestAsync(siteId, CrawlMode.Full, cancellationToken);

    public Task<(CrawlRun Run, bool AlreadyRunning)> RequestAsync(string siteId, CrawlMode mode, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => RequestAsync(transaction, siteId, mode, cancellationToken), cancellationToken);

    internal async Task<(CrawlRun Run, bool AlreadyRunning)> RequestAsync(DbTransaction transaction, string siteId, CrawlMode mode, CancellationToken cancellationToken)
    {
        // Locks the site's row in databases with several writers: of two requests at once, one makes the run.
        await transaction.RunAsync("UPDATE sites SET name = name WHERE id = @siteId", new { siteId }, cancellationToken);
        if (await transaction.FirstAsync<string>("SELECT id FROM sites WHERE id = @siteId", With(new { siteId }), cancellationToken) is null)
            throw new InvalidOperationException($"There is no site {siteId}.");

        var open = await transaction.FirstAsync<CrawlRunRow>($"{Select} WHERE site_id = @siteId AND {IsOpen} ORDER BY created_at", With(new { siteId }), cancellationToken);
        if (open is not null)
            return (open.ToRecord(), true);

        var run = new CrawlRun { Id = Ids.New(), SiteId = siteId, State = CrawlRunState.Queued, Mode = mode, CreatedAt = Stored.Time(clock.Now()) };
        await transaction.RunAsync(
            "INSERT INTO crawl_runs (id, site_id, state, mode, created_at) VALUES (@Id, @SiteId, 'queued', @mode, @createdAt)",
            new { run.Id, run.SiteId, mode = Stored.Name(mode), createdAt = Stored.Time(run.CreatedAt) },
            cancellationToken);
        return (run, false);
    }

    public Task<CrawlRun?> FindAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => (await connection.FirstAsync<CrawlRunRow>($"{Select} WHERE id = @id", With(new { id }), cancellationToken))?.ToRecord(),
        cancellationToken);

    /// <returns>The runs of a site, or of all (null), the newest first.</returns>
    public Task<IReadOnlyList<CrawlRun>> ListAsync(string? siteId, int limit, CancellationToken cancellationToken) =>
        ListAsync($"{(siteId is null ? "" : "WHERE site_id = @siteId")} ORDER BY created_at DESC, id DESC LIMIT @limit", With(new { siteId, limit }), cancellationToken);

    /// <returns>The runs that are queued or running, the oldest first.</returns>
    public Task<IReadOnlyList<CrawlRun>> ListOpenAsync(CancellationToken cancellationToken) =>
        ListAsync($"WHERE {IsOpen} ORDER BY created_at, id", With(new { }), cancellationToken);

    /// <returns>Those of them whose sites are not held back.</returns>
    public Task<IReadOnlyList<CrawlRun>> ListWorkableAsync(CancellationToken cancellationToken) =>
        ListAsync($"WHERE {IsOpen} AND site_id NOT IN (SELECT id FROM sites WHERE paused = 1) ORDER BY created_at, id", With(new { }), cancellationToken);

    /// <summary>When the last run of a site that came to its end began; null when there is none.</summary>
    public Task<DateTimeOffset?> FindLastCompletedAsync(string siteId, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => Stored.Time(await connection.FirstAsync<long?>(
            "SELECT MAX(started_at) FROM crawl_runs WHERE site_id = @siteId AND state = 'completed'", With(new { siteId }), cancellationToken)),
        cancellationToken);

    /// <returns>Whether a run still is to be worked on: open, and its site not held back.</returns>
    public async Task<bool> IsWorkableAsync(string id, CancellationToken cancellationToken) => await database.ReadAsync(
        connection => connection.FirstAsync<int?>(
            $"SELECT 1 FROM crawl_runs r WHERE id = @id AND {IsOpen} AND NOT EXISTS (SELECT 1 FROM sites s WHERE s.id = r.site_id AND s.paused = 1)", With(new { id }), cancellationToken),
        cancellationToken) is not null;

    /// <summary>
    /// Moves a run on: queued → running, cancelled or failed; running → completed, cancelled or failed. Running → running
    /// is a crawler that goes on with it after a restart.
    /// </summary>
    /// <returns>False, with nothing changed, when the run is not there or not in a state that leads there.</returns>
    public async Task<bool> SetStateAsync(string id, CrawlRunState state, string? message, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        string[] from = state switch
        {
            CrawlRunState.Queued => [],
            CrawlRunState.Completed => ["running"],
            _ => ["queued", "running"],
        };
        if (from.Length == 0)
            return false;
        var isEnd = state is not CrawlRunState.Running;
        return await database.WriteAsync(
            transaction => transaction.RunAsync(
                """
                UPDATE crawl_runs SET state = @state, message = @message, started_at = COALESCE(started_at, @started), finished_at = @finished
                WHERE id = @id AND state IN @from
                """,
                new { id, state = Stored.Name(state), message, started = isEnd ? (long?)null : now, finished = isEnd ? now : (long?)null, from },
                cancellationToken),
            cancellationToken) > 0;
    }

    /// <returns>False when the run is not there or already finished.</returns>
    public Task<bool> CancelAsync(string id, CancellationToken cancellationToken) => SetStateAsync(id, CrawlRunState.Cancelled, null, cancellationToken);

    private Task<IReadOnlyList<CrawlRun>> ListAsync(string where, SqlArguments arguments, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<CrawlRun>>(
        async connection => (await connection.ListAsync<CrawlRunRow>($"{Select} {where}", arguments, cancellationToken)).ConvertAll(row => row.ToRecord()),
        cancellationToken);
}
