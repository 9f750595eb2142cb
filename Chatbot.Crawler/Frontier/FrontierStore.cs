using System.Data.Common;
using Chatbot.Backends.Data;
using Chatbot.Core.Data;
using Microsoft.Extensions.Options;

namespace Chatbot.Crawler.Frontier;

/// <summary>
/// The queue side of a run's URLs: who works on what, until when. In the database, so that it survives any crash and several
/// crawlers can share a run. Safe for concurrent use.
/// </summary>
internal sealed class FrontierStore(Database database, IOptions<CrawlerOptions> options, TimeProvider time)
{
    /// <summary>Where URLs of earlier runs were found that this run did not come across.</summary>
    public const string Known = "known";

    private const string Leasable = "run_id = @runId AND state = 'queued' AND not_before <= @now";

    /// <summary>Takes URLs, those nearest to a start URL first.</summary>
    public async Task<List<LeasedUrl>> LeaseAsync(DbTransaction transaction, string runId, string siteId, string lease, int most, CancellationToken cancellationToken)
    {
        var now = time.Now();
        var leased = await transaction.ListAsync<LeasedUrl>(
            $"""
            SELECT f.url, f.url_hash, f.depth, f.found_on, f.attempts, f.waits, f.redirects,
                p.etag, p.last_modified, p.blob_hash, p.content_hash, p.document_id, p.rendered, p.links, COALESCE(p.recurrence, 0) AS recurrence
            FROM (SELECT url, url_hash, depth, not_before, found_on, attempts, waits, redirects FROM frontier
                  WHERE {Leasable} ORDER BY depth, not_before LIMIT @most) f
            LEFT JOIN pages p ON p.site_id = @siteId AND p.url_hash = f.url_hash
            ORDER BY f.depth, f.not_before
            """,
            With(new { runId, siteId, now, most }),
            cancellationToken);
        if (leased.Count > 0)
        {
            await transaction.RunAsync(
                $"UPDATE frontier SET state = 'leased', lease = @lease, leased_until = @until WHERE run_id = @runId AND url_hash IN {database.Dialect.TextsOf("@hashes")}",
                new { runId, lease, until = now + LeaseMilliseconds, hashes = JsonRows.Texts(leased.ConvertAll(u => u.UrlHash)) },
                cancellationToken);
        }

        return leased;
    }

    public Task<List<LeasedUrl>> LeaseAsync(string runId, string siteId, string lease, int most, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => LeaseAsync(transaction, runId, siteId, lease, most, cancellationToken), cancellationToken);

    /// <summary>Keeps what this crawler holds for another while.</summary>
    public Task RenewAsync(string runId, string lease, CancellationToken cancellationToken) => database.WriteAsync(
        transaction => transaction.RunAsync(
            "UPDATE frontier SET leased_until = @until WHERE run_id = @runId AND state = 'leased' AND lease = @lease",
            new { runId, lease, until = time.Now() + LeaseMilliseconds },
            cancellationToken),
        cancellationToken);

    /// <summary>Gives back what this crawler holds.</summary>
    public Task ReleaseAsync(string runId, string lease, CancellationToken cancellationToken) => database.WriteAsync(
        transaction => transaction.RunAsync(
            "UPDATE frontier SET state = 'queued', lease = NULL, leased_until = NULL WHERE run_id = @runId AND state = 'leased' AND lease = @lease",
            new { runId, lease },
            cancellationToken),
        cancellationToken);

    /// <summary>Takes back URLs whose crawler died or fell silent.</summary>
    public async Task ReclaimAsync(string runId, CancellationToken cancellationToken)
    {
        var leases = await database.ReadAsync(
            connection => connection.ListAsync<LeaseRow>(
                "SELECT lease, MIN(leased_until) AS leased_until FROM frontier WHERE run_id = @runId AND state = 'leased' GROUP BY lease",
                With(new { runId }),
                cancellationToken),
            cancellationToken);
        var dead = leases.Where(l => LeaseName.IsDead(l.Lease)).Select(l => l.Lease).ToList();
        var now = time.Now();
        if (dead.Count == 0 && !leases.Exists(l => l.LeasedUntil <= now))
            return;

        await database.WriteAsync(
            transaction => transaction.RunAsync(
                """
                UPDATE frontier SET state = 'queued', lease = NULL, leased_until = NULL
                WHERE run_id = @runId AND state = 'leased' AND (leased_until <= @now OR lease IN @dead)
                """,
                new { runId, now, dead },
                cancellationToken),
            cancellationToken);
    }

    /// <summary>How much of a run is still to do.</summary>
    public Task<Pending> GetPendingAsync(string runId, CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            var row = await connection.FirstAsync<PendingRow>(
                """
                SELECT COUNT(*) AS count, MIN(CASE WHEN state = 'queued' THEN not_before END) AS next
                FROM frontier WHERE run_id = @runId AND state IN ('queued', 'leased')
                """,
                With(new { runId }),
                cancellationToken);
            return new Pending(row!.Count, row.Next is { } next ? Stored.Time(next) : null);
        },
        cancellationToken);

    /// <summary>The URLs with a query that a run has let in: what the guard against traps had counted before a restart.</summary>
    public Task<List<string>> GetQueriesAsync(string runId, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.ListAsync<string>(
            "SELECT url FROM frontier WHERE run_id = @runId AND state <> 'skipped' AND url LIKE '%?%'", With(new { runId }), cancellationToken),
        cancellationToken);

    private long LeaseMilliseconds => (long)options.Value.Lease.TotalMilliseconds;

    /// <param name="Count">URLs that wait or are worked on, by anyone.</param>
    /// <param name="Next">When the next one that waits may be taken.</param>
    internal sealed record Pending(int Count, DateTimeOffset? Next);

    private sealed class LeaseRow
    {
        public string Lease { get; set; } = "";

        public long LeasedUntil { get; set; }
    }

    private sealed class PendingRow
    {
        public int Count { get; set; }

        public long? Next { get; set; }
    }
}
