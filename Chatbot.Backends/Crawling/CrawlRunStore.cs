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

    /// <summary>Queues a run, unless the site has one that is not finished: then that one is returned.</summary>
    /// <exception cref="InvalidOperationException">There is no such site.</exception>
    public Task<(CrawlRun Run, bool AlreadyRunning)> RequestAsync(string siteId, CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            // Locks the site's row in databases with several writers: of two requests at once, one makes the run.
            await transaction.RunAsync("UPDATE sites SET name = name WHERE id = @siteId", new { siteId }, cancellationToken);
            if (await transaction.FirstAsync<string>("SELECT id FROM sites WHERE id = @siteId", new { siteId }, cancellationToken) is null)
                throw new InvalidOperationException($"There is no site {siteId}.");

            var open = await transaction.FirstAsync<CrawlRunRow>($"{Select} WHERE site_id = @siteId AND {IsOpen} ORDER BY created_at", new { siteId }, cancellationToken);
            if (open is not null)
                return (open.ToRecord(), true);

            var run = new CrawlRun { Id = Ids.New(), SiteId = siteId, State = CrawlRunState.Queued, CreatedAt = Stored.Time(clock.Now()) };
            await transaction.RunAsync(
                "INSERT INTO crawl_runs (id, site_id, state, created_at) VALUES (@Id, @SiteId, 'queued', @createdAt)",
                new { run.Id, run.SiteId, createdAt = Stored.Time(run.CreatedAt) },
                cancellationToken);
            return (run, false);
        },
        cancellationToken);

    public Task<CrawlRun?> FindAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => (await connection.FirstAsync<CrawlRunRow>($"{Select} WHERE id = @id", new { id }, cancellationToken))?.ToRecord(),
        cancellationToken);

    /// <returns>The runs of a site, or of all (null), the newest first.</returns>
    public Task<IReadOnlyList<CrawlRun>> ListAsync(string? siteId, int limit, CancellationToken cancellationToken) =>
        ListAsync($"{(siteId is null ? "" : "WHERE site_id = @siteId")} ORDER BY created_at DESC, id DESC LIMIT @limit", new { siteId, limit }, cancellationToken);

    /// <returns>The runs that are queued or running, the oldest first.</returns>
    public Task<IReadOnlyList<CrawlRun>> ListOpenAsync(CancellationToken cancellationToken) =>
        ListAsync($"WHERE {IsOpen} ORDER BY created_at, id", new { }, cancellationToken);

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

    private Task<IReadOnlyList<CrawlRun>> ListAsync(string where, object arguments, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<CrawlRun>>(
        async connection => (await connection.ListAsync<CrawlRunRow>($"{Select} {where}", arguments, cancellationToken)).ConvertAll(row => row.ToRecord()),
        cancellationToken);
}
