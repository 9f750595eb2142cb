using System.Data.Common;
using System.Text.Json;
using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Core.Data;

namespace Chatbot.Backends.Evaluation;

/// <summary>
/// Runs over golden questions, and how each question went. A run is a row that some process leases: when the process dies,
/// another goes on with the questions that were not asked yet. Safe for concurrent use, by several processes too.
/// </summary>
public sealed class EvaluationStore(Database database, TimeProvider clock)
{
    /// <summary>How long a run is held without a sign of life: longer than one question may take.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private const string Waiting = "SELECT id FROM evaluation_runs WHERE state = 'queued' OR (state = 'running' AND leased_until < @now) ORDER BY created_at, id LIMIT 1";

    private const string Select =
        """
        SELECT id, knowledge_base_id, state, cause, candidate, message, metrics, created_at, started_at, finished_at,
            (SELECT COUNT(*) FROM evaluation_results x WHERE x.run_id = r.id) AS total,
            (SELECT COUNT(*) FROM evaluation_results x WHERE x.run_id = r.id AND x.outcome IS NOT NULL) AS done
        FROM evaluation_runs r
        """;

    /// <summary>Puts a run into the queue.</summary>
    public async Task<EvaluationRun> RequestAsync(
        string knowledgeBaseId, EvaluationCause cause, EvaluationCandidate? candidate, IReadOnlyList<GoldenQuestion> questions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(questions);
        var id = await database.WriteAsync(transaction => RequestAsync(transaction, knowledgeBaseId, cause, candidate, questions, cancellationToken), cancellationToken);
        return (await FindAsync(id, cancellationToken))!;
    }

    /// <returns>The run's id.</returns>
    internal async Task<string> RequestAsync(
        DbTransaction transaction, string knowledgeBaseId, EvaluationCause cause, EvaluationCandidate? candidate, IReadOnlyList<GoldenQuestion> questions, CancellationToken cancellationToken)
    {
        var id = Ids.New();
        // Later than the one before, so that runs that are wanted within one moment, as a candidate is after its baseline, keep their order.
        var newest = await transaction.FirstAsync<long?>("SELECT MAX(created_at) FROM evaluation_runs WHERE knowledge_base_id = @knowledgeBaseId", With(new { knowledgeBaseId }), cancellationToken);
        await transaction.RunAsync(
            "INSERT INTO evaluation_runs (id, knowledge_base_id, state, cause, candidate, created_at) VALUES (@id, @knowledgeBaseId, 'queued', @cause, @candidate, @at)",
            new { id, knowledgeBaseId, cause = Stored.Name(cause), candidate = Json(candidate), at = Math.Max(clock.Now(), (newest ?? 0) + 1) },
            cancellationToken);
        await transaction.RunEachAsync(
            "INSERT INTO evaluation_results (run_id, ordinal, question) VALUES (@id, @ordinal, @question)",
            questions.Select((question, ordinal) => new { id, ordinal, question = JsonSerializer.Serialize(question, BackendsJson.Default.GoldenQuestion) }),
            cancellationToken);
        return id;
    }

    public Task<EvaluationRun?> FindAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => (await connection.FirstAsync<RunRow>($"{Select} WHERE id = @id", With(new { id }), cancellationToken))?.ToRecord(), cancellationToken);

    /// <returns>The newest first.</returns>
    public Task<IReadOnlyList<EvaluationRun>> ListAsync(string knowledgeBaseId, int limit, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<EvaluationRun>>(
        async connection => (await connection.ListAsync<RunRow>(
            $"{Select} WHERE knowledge_base_id = @knowledgeBaseId ORDER BY created_at DESC, id DESC LIMIT @limit", With(new { knowledgeBaseId, limit }), cancellationToken)).ConvertAll(row => row.ToRecord()),
        cancellationToken);

    /// <returns>The changes of a kind that nobody decided on yet, the newest first; of the last 200 that were tried.</returns>
    public async Task<IReadOnlyList<EvaluationRun>> ListUndecidedAsync(string knowledgeBaseId, CandidateKind kind, CancellationToken cancellationToken)
    {
        var runs = await database.ReadAsync(
            connection => connection.ListAsync<RunRow>(
                $"{Select} WHERE knowledge_base_id = @knowledgeBaseId AND candidate IS NOT NULL ORDER BY created_at DESC, id DESC LIMIT 200", With(new { knowledgeBaseId }), cancellationToken),
            cancellationToken);
        return [.. runs.Select(row => row.ToRecord()).Where(run => run.Candidate is { State: CandidateState.Waiting or CandidateState.Held } candidate && candidate.Kind == kind)];
    }

    public Task<int> CountAsync(string knowledgeBaseId, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.FirstAsync<int>("SELECT COUNT(*) FROM evaluation_runs WHERE knowledge_base_id = @knowledgeBaseId", With(new { knowledgeBaseId }), cancellationToken), cancellationToken);

    /// <returns>The newest completed run of what visitors get; a candidate that went live is one, too. Null when there is none.</returns>
    public async Task<EvaluationRun?> FindLiveAsync(string knowledgeBaseId, string? exceptId, CancellationToken cancellationToken)
    {
        var runs = await database.ReadAsync(
            connection => connection.ListAsync<RunRow>(
                $"{Select} WHERE knowledge_base_id = @knowledgeBaseId AND state = 'completed' AND id <> @exceptId ORDER BY created_at DESC, id DESC LIMIT 50",
                With(new { knowledgeBaseId, exceptId = exceptId ?? "" }),
                cancellationToken),
            cancellationToken);
        return runs.Select(row => row.ToRecord()).FirstOrDefault(run => run.Candidate is null or { State: CandidateState.Live });
    }

    /// <returns>In the order in which they are asked.</returns>
    public Task<IReadOnlyList<EvaluationResult>> GetResultsAsync(string runId, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<EvaluationResult>>(
        async connection => (await connection.ListAsync<ResultRow>(
            "SELECT ordinal, question, outcome FROM evaluation_results WHERE run_id = @runId ORDER BY ordinal", With(new { runId }), cancellationToken)).ConvertAll(row => row.ToRecord()),
        cancellationToken);

    /// <summary>Takes the oldest run that waits, or that another process left.</summary>
    /// <returns>The run with the lease on it; null when none waits.</returns>
    public async Task<(EvaluationRun Run, string Lease)?> TakeAsync(CancellationToken cancellationToken)
    {
        // Mostly there is none, and to see that needs no lock.
        var waiting = await database.ReadAsync(connection => connection.FirstAsync<string>(Waiting, With(new { now = clock.Now() }), cancellationToken), cancellationToken);
        return waiting is null ? null : await TakeWaitingAsync(cancellationToken);
    }

    private Task<(EvaluationRun Run, string Lease)?> TakeWaitingAsync(CancellationToken cancellationToken) => database.WriteAsync<(EvaluationRun, string)?>(
        async transaction =>
        {
            var now = clock.Now();
            var id = await transaction.FirstAsync<string>(Waiting, With(new { now }), cancellationToken);
            if (id is null) return null;
            var lease = Ids.New();
            await transaction.RunAsync(
                "UPDATE evaluation_runs SET state = 'running', started_at = COALESCE(started_at, @now), lease = @lease, leased_until = @until WHERE id = @id",
                new { id, now, lease, until = now + (long)Lease.TotalMilliseconds },
                cancellationToken);
            return ((await transaction.FirstAsync<RunRow>($"{Select} WHERE id = @id", With(new { id }), cancellationToken))!.ToRecord(), lease);
        },
        cancellationToken);

    /// <summary>Keeps how a question went, and holds the run longer.</summary>
    /// <returns>False, with nothing kept, when the run was cancelled or somebody else has it.</returns>
    public Task<bool> RecordAsync(string runId, string lease, int ordinal, QuestionOutcome outcome, CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            if (!await HoldAsync(transaction, runId, lease, cancellationToken)) return false;
            await transaction.RunAsync(
                "UPDATE evaluation_results SET outcome = @outcome WHERE run_id = @runId AND ordinal = @ordinal",
                new { runId, ordinal, outcome = JsonSerializer.Serialize(outcome, BackendsJson.Default.QuestionOutcome) },
                cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>Holds the run longer.</summary>
    /// <returns>False when it was cancelled or somebody else has it.</returns>
    public Task<bool> RenewAsync(string runId, string lease, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => HoldAsync(transaction, runId, lease, cancellationToken), cancellationToken);

    /// <summary>Ends a run.</summary>
    /// <returns>False when it was cancelled or somebody else has it.</returns>
    public async Task<bool> FinishAsync(string runId, string lease, EvaluationState state, EvaluationMetrics? metrics, EvaluationCandidate? candidate, string? message, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            transaction => transaction.RunAsync(
                """
                UPDATE evaluation_runs SET state = @state, metrics = @metrics, candidate = @candidate, message = @message, finished_at = @now, lease = NULL, leased_until = NULL
                WHERE id = @runId AND state = 'running' AND lease = @lease
                """,
                new { runId, lease, state = Stored.Name(state), metrics = metrics is null ? null : JsonSerializer.Serialize(metrics, BackendsJson.Default.EvaluationMetrics), candidate = Json(candidate), message, now = clock.Now() },
                cancellationToken),
            cancellationToken) > 0;

    /// <summary>Notes what became of a candidate after its run.</summary>
    /// <returns>False when it is not held any more: somebody decided already.</returns>
    public Task<bool> DecideAsync(string runId, CandidateState state, string message, CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            var row = await transaction.FirstAsync<RunRow>($"{Select} WHERE id = @runId", With(new { runId }), cancellationToken);
            if (row?.ToRecord().Candidate is not { State: CandidateState.Held } candidate) return false;
            await transaction.RunAsync(
                "UPDATE evaluation_runs SET candidate = @candidate, message = @message WHERE id = @runId", new { runId, candidate = Json(candidate with { State = state }), message }, cancellationToken);
            return true;
        },
        cancellationToken);

    /// <returns>False when it has ended already.</returns>
    public Task<bool> CancelAsync(string runId, CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            // What it was to let go live is decided by people then.
            var candidate = (await transaction.FirstAsync<RunRow>($"{Select} WHERE id = @runId", With(new { runId }), cancellationToken))?.ToRecord().Candidate;
            if (candidate is { State: CandidateState.Waiting, Kind: not CandidateKind.Model }) candidate = candidate with { State = CandidateState.Held };
            return await transaction.RunAsync(
                "UPDATE evaluation_runs SET state = 'cancelled', candidate = @candidate, finished_at = @now, lease = NULL, leased_until = NULL WHERE id = @runId AND state IN ('queued', 'running')",
                new { runId, candidate = Json(candidate), now = clock.Now() },
                cancellationToken) > 0;
        },
        cancellationToken);

    /// <returns>False when it is not there.</returns>
    public async Task<bool> DeleteAsync(string runId, CancellationToken cancellationToken) => await database.WriteAsync(
        transaction => transaction.RunAsync("DELETE FROM evaluation_runs WHERE id = @runId", new { runId }, cancellationToken), cancellationToken) > 0;

    private async Task<bool> HoldAsync(DbTransaction transaction, string runId, string lease, CancellationToken cancellationToken) => await transaction.RunAsync(
        "UPDATE evaluation_runs SET leased_until = @until WHERE id = @runId AND state = 'running' AND lease = @lease",
        new { runId, lease, until = clock.Now() + (long)Lease.TotalMilliseconds },
        cancellationToken) > 0;

    private static string? Json(EvaluationCandidate? candidate) => candidate is null ? null : JsonSerializer.Serialize(candidate, BackendsJson.Default.EvaluationCandidate);

    private sealed class RunRow
    {
        public string Id { get; set; } = "";

        public string KnowledgeBaseId { get; set; } = "";

        public string State { get; set; } = "";

        public string Cause { get; set; } = "";

        public string? Candidate { get; set; }

        public string? Message { get; set; }

        public string? Metrics { get; set; }

        public int Total { get; set; }

        public int Done { get; set; }

        public long CreatedAt { get; set; }

        public long? StartedAt { get; set; }

        public long? FinishedAt { get; set; }

        public EvaluationRun ToRecord() => new(
            Id,
            KnowledgeBaseId,
            Stored.Enum<EvaluationState>(State),
            Stored.Enum<EvaluationCause>(Cause),
            Candidate is null ? null : JsonSerializer.Deserialize(Candidate, BackendsJson.Default.EvaluationCandidate),
            Message,
            Total,
            Done,
            Metrics is null ? null : JsonSerializer.Deserialize(Metrics, BackendsJson.Default.EvaluationMetrics),
            Stored.Time(CreatedAt),
            Stored.Time(StartedAt),
            Stored.Time(FinishedAt));
    }

    private sealed class ResultRow
    {
        public int Ordinal { get; set; }

        public string Question { get; set; } = "";

        public string? Outcome { get; set; }

        public EvaluationResult ToRecord() => new(
            Ordinal,
            JsonSerializer.Deserialize(Question, BackendsJson.Default.GoldenQuestion)!,
            Outcome is null ? null : JsonSerializer.Deserialize(Outcome, BackendsJson.Default.QuestionOutcome));
    }
}
