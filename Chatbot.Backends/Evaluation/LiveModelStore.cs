using System.Data.Common;
using Chatbot.Backends.Data;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.Data;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Backends.Evaluation;

/// <summary>Which language model each knowledge base is answered by, and the trial of another one. Safe for concurrent use, by several processes too.</summary>
public sealed class LiveModelStore(Database database, EvaluationStore runs, KnowledgeBaseStore knowledgeBases)
{
    /// <returns>Null when none was noted.</returns>
    public async Task<LiveModel?> FindAsync(string knowledgeBaseId, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(
            connection => connection.FirstAsync<Row>("SELECT model, endpoint FROM live_models WHERE knowledge_base_id = @knowledgeBaseId", With(new { knowledgeBaseId }), cancellationToken), cancellationToken);
        return row is null ? null : new LiveModel(row.Model, row.Endpoint);
    }

    public Task SetAsync(string knowledgeBaseId, LiveModel model, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => SetAsync(transaction, knowledgeBaseId, model, cancellationToken), cancellationToken);

    /// <summary>
    /// Begins to try another model: visitors go on with the one before, both are put to the questions, and the new one is noted;
    /// all of it or, when the process dies in between, nothing.
    /// </summary>
    /// <param name="pinned">The knowledge base with the one before named in its settings.</param>
    /// <returns>The run of <paramref name="candidate"/>, which comes after one of what visitors get; null when somebody else began already.</returns>
    public async Task<EvaluationRun?> TryAsync(
        KnowledgeBase pinned, LiveModel before, LiveModel now, EvaluationCandidate candidate, IReadOnlyList<GoldenQuestion> questions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pinned);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(candidate);
        var run = await database.WriteAsync(
            async transaction =>
            {
                var known = await transaction.FirstAsync<Row>("SELECT model, endpoint FROM live_models WHERE knowledge_base_id = @Id", With(new { pinned.Id }), cancellationToken);
                if (known is null || new LiveModel(known.Model, known.Endpoint) != before) return null;
                await SetAsync(transaction, pinned.Id, now, cancellationToken);
                if (!await KnowledgeBaseStore.UpdateAsync(transaction, pinned, cancellationToken)) return null;
                var baseline = await runs.RequestAsync(transaction, pinned.Id, EvaluationCause.Gate, null, questions, cancellationToken);
                return await runs.RequestAsync(transaction, pinned.Id, EvaluationCause.Gate, candidate with { BaselineRunId = baseline, State = CandidateState.Waiting }, questions, cancellationToken);
            },
            cancellationToken);
        knowledgeBases.Changed();
        return run is null ? null : await runs.FindAsync(run, cancellationToken);
    }

    private Task<int> SetAsync(DbTransaction transaction, string knowledgeBaseId, LiveModel model, CancellationToken cancellationToken) => transaction.RunAsync(
        $"INSERT INTO live_models (knowledge_base_id, model, endpoint) VALUES (@knowledgeBaseId, @Name, @Endpoint) {database.Dialect.OnConflictUpdate("knowledge_base_id", "model", "endpoint")}",
        new { knowledgeBaseId, model.Name, model.Endpoint },
        cancellationToken);

    private sealed class Row
    {
        public string Model { get; set; } = "";

        public string? Endpoint { get; set; }
    }
}
