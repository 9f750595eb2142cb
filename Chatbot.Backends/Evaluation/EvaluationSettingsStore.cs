using Chatbot.Backends.Data;
using Chatbot.Core.Data;

namespace Chatbot.Backends.Evaluation;

/// <summary>Settings of evaluation per knowledge base, and when runs are due. Safe for concurrent use, by several processes too.</summary>
public sealed class EvaluationSettingsStore(Database database, TimeProvider clock)
{
    private const string Select = "SELECT knowledge_base_id, cron, time_zone, next_at, gate, tolerance, drift, webhook FROM evaluation_settings";

    public async Task<EvaluationSettings> GetAsync(string knowledgeBaseId, CancellationToken cancellationToken) => await database.ReadAsync(
        async connection => (await connection.FirstAsync<Row>($"{Select} WHERE knowledge_base_id = @knowledgeBaseId", With(new { knowledgeBaseId }), cancellationToken))?.ToRecord(),
        cancellationToken) ?? EvaluationSettings.Default;

    /// <param name="next">When the first scheduled run is due; null: never.</param>
    public Task SaveAsync(string knowledgeBaseId, EvaluationSettings settings, DateTimeOffset? next, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return database.WriteAsync(
            transaction => transaction.RunAsync(
                $"""
                INSERT INTO evaluation_settings (knowledge_base_id, cron, time_zone, next_at, gate, tolerance, drift, webhook)
                VALUES (@knowledgeBaseId, @Cron, @TimeZone, @next, @gate, @Tolerance, @drift, @Webhook)
                {database.Dialect.OnConflictUpdate("knowledge_base_id", "cron", "time_zone", "next_at", "gate", "tolerance", "drift", "webhook")}
                """,
                new
                {
                    knowledgeBaseId,
                    settings.Cron,
                    settings.TimeZone,
                    next = next is { } time ? Stored.Time(time) : (long?)null,
                    gate = settings.Gate ? 1 : 0,
                    settings.Tolerance,
                    drift = settings.Drift ? 1 : 0,
                    settings.Webhook,
                },
                cancellationToken),
            cancellationToken);
    }

    /// <returns>When the next scheduled run is due; null: never.</returns>
    public async Task<DateTimeOffset?> FindNextAsync(string knowledgeBaseId, CancellationToken cancellationToken) => Stored.Time(await database.ReadAsync(
        connection => connection.FirstAsync<long?>("SELECT next_at FROM evaluation_settings WHERE knowledge_base_id = @knowledgeBaseId", With(new { knowledgeBaseId }), cancellationToken), cancellationToken));

    /// <returns>The knowledge bases whose run is due, with the time it was due at.</returns>
    public async Task<IReadOnlyList<(string KnowledgeBaseId, EvaluationSettings Settings, DateTimeOffset DueAt)>> ListDueAsync(CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            connection => connection.ListAsync<Row>($"{Select} WHERE next_at <= @now ORDER BY next_at", With(new { now = clock.Now() }), cancellationToken), cancellationToken);
        return rows.ConvertAll(row => (row.KnowledgeBaseId, row.ToRecord(), Stored.Time(row.NextAt!.Value)));
    }

    /// <summary>Takes a run that is due: of several processes one gets it.</summary>
    /// <param name="next">When the one after it is due.</param>
    public async Task<bool> TakeAsync(string knowledgeBaseId, DateTimeOffset dueAt, DateTimeOffset? next, CancellationToken cancellationToken) => await database.WriteAsync(
        transaction => transaction.RunAsync(
            "UPDATE evaluation_settings SET next_at = @next WHERE knowledge_base_id = @knowledgeBaseId AND next_at = @due",
            new { knowledgeBaseId, due = Stored.Time(dueAt), next = next is { } time ? Stored.Time(time) : (long?)null },
            cancellationToken),
        cancellationToken) > 0;

    private sealed class Row
    {
        public string KnowledgeBaseId { get; set; } = "";

        public string? Cron { get; set; }

        public string TimeZone { get; set; } = "UTC";

        public long? NextAt { get; set; }

        public int Gate { get; set; }

        public double Tolerance { get; set; }

        public int Drift { get; set; }

        public string? Webhook { get; set; }

        public EvaluationSettings ToRecord() => new() { Cron = Cron, TimeZone = TimeZone, Gate = Gate != 0, Tolerance = Tolerance, Drift = Drift != 0, Webhook = Webhook };
    }
}
