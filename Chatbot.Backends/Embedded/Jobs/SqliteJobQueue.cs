using System.Data.Common;
using Chatbot.Backends.Data;
using Chatbot.Core.Data;
using Chatbot.Core.Jobs;
using Microsoft.Extensions.Options;

namespace Chatbot.Backends.Embedded.Jobs;

/// <summary>The queues as rows of the table <c>jobs</c>. A dead job stays there until it is revived, also when it is published again.</summary>
internal sealed class SqliteJobQueue(Database database, IOptions<JobQueueOptions> options, TimeProvider clock) : IJobQueue
{
    /// <summary>How often a waiting worker looks for jobs of other processes, for back-offs and for leases that ran out.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Doubling stops here: a later attempt would look like none.</summary>
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromHours(6);

    // Two questions, not one with OR: each walks its index in the order of publishing and stops at the first rows. Joined,
    // all waiting jobs were sorted for each take (20,000 jobs: 3 ms instead of 0.1).
    private const string Waiting = "queue = @queue AND state = 'waiting' AND not_before <= @now";
    private const string Lost = "queue = @queue AND state = 'leased' AND leased_until <= @now";

    private readonly JobQueueOptions options = options.Value;
    private readonly JobSignals signals = new();

    public async Task PublishAsync(IReadOnlyList<Job> jobs, CancellationToken cancellationToken)
    {
        if (jobs.Count == 0)
            return;
        var now = clock.Now();
        using var values = new JsonRows();
        foreach (var job in jobs)
            values.Row().Add(job.Id).Add(job.Queue).Add(job.Body).Add(job.TraceParent).Add(job.NotBefore is { } time ? Stored.Time(time) : now);
        var rows = values.End();
        await database.WriteAsync(
            transaction => transaction.RunAsync(
                $"""
                {database.Dialect.InsertOrIgnore} jobs (id, queue, body, trace_parent, state, not_before, created_at)
                SELECT r.job, r.goes_to, r.content, r.trace, 'waiting', r.due, @now
                FROM {database.Dialect.RowsOf("@rows", "job", "goes_to", "content", "trace", "due")}
                """,
                new { rows, now },
                cancellationToken),
            cancellationToken);
        foreach (var queue in jobs.Select(job => job.Queue).Distinct())
            signals.Raise(queue);
    }

    public async Task<IReadOnlyList<LeasedJob>> TakeAsync(string queue, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, 256);
        while (true)
        {
            var published = signals.Next(queue);
            // Looking needs no lock, so idle workers are in nobody's way.
            if (await AnyDueAsync(queue, cancellationToken))
            {
                var taken = await database.WriteAsync(transaction => LeaseAsync(transaction, queue, most, cancellationToken), cancellationToken);
                if (taken.Count > 0)
                    return taken;
            }
            else if (await ReleaseDeadAsync(queue, cancellationToken))
            {
                continue;
            }

            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(published, Task.Delay(PollInterval, clock, waiting.Token));
            await waiting.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public async Task RenewAsync(IReadOnlyList<LeasedJob> jobs, CancellationToken cancellationToken)
    {
        if (jobs.Count == 0)
            return;
        var until = Stored.Time(clock.GetUtcNow() + options.Lease);
        await database.WriteAsync(
            async transaction =>
            {
                foreach (var lease in jobs.GroupBy(job => job.Lease, job => job.Job.Id))
                    foreach (var ids in lease.Chunk(256))
                        await transaction.RunAsync(
                            "UPDATE jobs SET leased_until = @until WHERE lease = @lease AND state = 'leased' AND id IN @ids", new { until, lease = lease.Key, ids }, cancellationToken);
            },
            cancellationToken);
    }

    public async Task CompleteAsync(IReadOnlyList<LeasedJob> jobs, CancellationToken cancellationToken)
    {
        if (jobs.Count == 0)
            return;
        await database.WriteAsync(
            async transaction =>
            {
                foreach (var lease in jobs.GroupBy(job => job.Lease, job => job.Job.Id))
                    foreach (var ids in lease.Chunk(256))
                        await transaction.RunAsync("DELETE FROM jobs WHERE lease = @lease AND id IN @ids", new { lease = lease.Key, ids }, cancellationToken);
            },
            cancellationToken);
    }

    public async Task<bool> RetryAsync(LeasedJob job, string error, CancellationToken cancellationToken)
    {
        var again = await database.WriteAsync(
            async transaction =>
            {
                var row = await transaction.FirstAsync<JobRow>($"SELECT {JobRow.Columns} FROM jobs WHERE id = @Id", With(new { job.Job.Id }), cancellationToken);
                if (row is null || row.Lease != job.Lease)
                    return row is { State: not "dead" };
                if (row.Attempts >= options.Attempts)
                {
                    await BuryAsync(transaction, [row.Id], error, cancellationToken);
                    return false;
                }

                await transaction.RunAsync(
                    "UPDATE jobs SET state = 'waiting', lease = NULL, leased_until = NULL, not_before = @notBefore, error = @error WHERE id = @Id",
                    new { notBefore = Stored.Time(clock.GetUtcNow() + BackOff(row.Attempts)), error, row.Id },
                    cancellationToken);
                return true;
            },
            cancellationToken);
        return again;
    }

    public Task<QueueDepth> GetDepthAsync(string queue, CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            var counts = (await connection.ListAsync<StateCount>(
                "SELECT state, COUNT(*) AS count FROM jobs WHERE queue = @queue GROUP BY state", With(new { queue }), cancellationToken))
                .ToDictionary(row => row.State, row => row.Count);
            return new QueueDepth(counts.GetValueOrDefault("waiting"), counts.GetValueOrDefault("leased"), counts.GetValueOrDefault("dead"));
        },
        cancellationToken);

    public Task<IReadOnlyList<DeadJob>> GetDeadAsync(string queue, int most, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<DeadJob>>(
        async connection => (await connection.ListAsync<JobRow>(
            $"SELECT {JobRow.Columns} FROM jobs WHERE queue = @queue AND state = 'dead' ORDER BY died_at DESC, sequence DESC LIMIT @most",
            With(new { queue, most }),
            cancellationToken))
            .ConvertAll(row => new DeadJob(row.ToJob(), row.Attempts, row.Error ?? "", Stored.Time(row.DiedAt ?? 0))),
        cancellationToken);

    public async Task<bool> ReviveAsync(string jobId, CancellationToken cancellationToken)
    {
        var queue = await database.WriteAsync(
            async transaction =>
            {
                var revived = await transaction.RunAsync(
                    "UPDATE jobs SET state = 'waiting', attempts = 0, not_before = @now, error = NULL, died_at = NULL WHERE id = @jobId AND state = 'dead'",
                    new { jobId, now = clock.Now() },
                    cancellationToken);
                return revived == 0 ? null : await transaction.FirstAsync<string>("SELECT queue FROM jobs WHERE id = @jobId", With(new { jobId }), cancellationToken);
            },
            cancellationToken);
        if (queue is not null)
            signals.Raise(queue);
        return queue is not null;
    }

    private Task<bool> AnyDueAsync(string queue, CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            var arguments = new { queue, now = clock.Now() };
            return await connection.FirstAsync<long?>($"SELECT sequence FROM jobs WHERE {Waiting} LIMIT 1", With(arguments), cancellationToken) is not null
                || await connection.FirstAsync<long?>($"SELECT sequence FROM jobs WHERE {Lost} LIMIT 1", With(arguments), cancellationToken) is not null;
        },
        cancellationToken);

    // The lease of a process that was killed would hold its jobs back for minutes; whoever is on the same machine sees that it is gone.
    private async Task<bool> ReleaseDeadAsync(string queue, CancellationToken cancellationToken)
    {
        var leases = await database.ReadAsync(
            connection => connection.ListAsync<string>("SELECT DISTINCT lease FROM jobs WHERE queue = @queue AND state = 'leased'", With(new { queue }), cancellationToken),
            cancellationToken);
        var dead = leases.FindAll(LeaseName.IsDead);
        if (dead.Count == 0)
            return false;
        await database.WriteAsync(
            transaction => transaction.RunAsync("UPDATE jobs SET leased_until = 0 WHERE state = 'leased' AND lease IN @dead", new { dead }, cancellationToken),
            cancellationToken);
        return true;
    }

    private async Task<List<LeasedJob>> LeaseAsync(DbTransaction transaction, string queue, int most, CancellationToken cancellationToken)
    {
        var arguments = new { queue, now = clock.Now(), most };
        var lost = await transaction.ListAsync<JobRow>($"SELECT {JobRow.Columns} FROM jobs WHERE {Lost} ORDER BY sequence", With(arguments), cancellationToken);
        // A job that takes its worker down with it never comes to RetryAsync; it dies here.
        var poison = lost.FindAll(row => row.Attempts >= options.Attempts);
        await BuryAsync(transaction, poison.ConvertAll(row => row.Id), "Its worker was lost in the last attempt.", cancellationToken);

        var waiting = await transaction.ListAsync<JobRow>(
            $"SELECT {JobRow.Columns} FROM jobs WHERE {Waiting} ORDER BY sequence LIMIT @most", With(arguments), cancellationToken);

        // Which one of a batch took its worker down is not known. Each is tried alone, so that it takes no other along, and
        // the least tried one first, so that one that does it again is the last.
        var suspect = lost.Except(poison).MinBy(row => row.Attempts);
        List<JobRow> due = suspect is null ? waiting : [suspect];
        if (due.Count == 0)
            return [];
        var lease = LeaseName.New();
        await transaction.RunAsync(
            "UPDATE jobs SET state = 'leased', lease = @lease, leased_until = @until, attempts = attempts + 1 WHERE id IN @ids",
            new { lease, until = Stored.Time(clock.GetUtcNow() + options.Lease), ids = due.ConvertAll(row => row.Id) },
            cancellationToken);
        return due.ConvertAll(row => new LeasedJob(row.ToJob(), row.Attempts + 1, lease));
    }

    private async Task BuryAsync(DbTransaction transaction, IReadOnlyList<string> ids, string error, CancellationToken cancellationToken)
    {
        foreach (var some in ids.Chunk(256))
        {
            await transaction.RunAsync(
                "UPDATE jobs SET state = 'dead', lease = NULL, leased_until = NULL, error = @error, died_at = @now WHERE id IN @some",
                new { some, error, now = clock.Now() },
                cancellationToken);
        }
    }

    private TimeSpan BackOff(int attempts)
    {
        var pause = options.BackOff * Math.Pow(2, Math.Min(attempts - 1, 30));
        pause = pause < LongestBackOff ? pause : LongestBackOff;
        // Jobs that failed together must not come back together.
        return pause * (1 + (Random.Shared.NextDouble() / 4));
    }

    private sealed class StateCount
    {
        public string State { get; set; } = "";

        public int Count { get; set; }
    }
}
