using System.Data.Common;
using Chatbot.Backends.Data;
using Chatbot.Core.Data;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// Writes the files of an index that is being built, so that the first search after the switch opens them as a start does.
/// What they hold is noted with each staged document. Used once, by who has the right to write files.
/// </summary>
internal sealed class StagedFiles(Database database, IndexRows rows, SegmentFiles files, SearchTraffic traffic, string knowledgeBaseId, long build)
{
    // Documents whose texts are analysed in one step, as long as they have no more chunks than that.
    private const int DocumentsAtATime = 200, ChunksAtATime = 2_000;

    // Above this many chunks in memory they are written to a file.
    private const int ChunksToKeepInMemory = 16_000;

    private const int TierRatio = 3;

    /// <summary>Staged documents that take part in the switch as they are now.</summary>
    public const string Becoming = "staged_documents s JOIN documents d ON d.id = s.document_id AND d.version = s.version AND d.status IN ('indexed', 'pending')";

    /// <summary>One that waited for the index has its version; one that is found already gets the next, so that no reader takes its old chunks for the new ones.</summary>
    public const string Becomes = "CASE WHEN d.status = 'indexed' THEN d.version + 1 ELSE d.version END";

    private readonly SegmentSet _segments = new();
    private long _vectors = -1;

    /// <summary>The files, oldest first.</summary>
    public List<string> Names => [.. _segments.Views.Select(view => Path.GetFileName(view.Segment.Path)).OfType<string>()];

    /// <summary>Forgets what is noted of files that an earlier try wrote.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) => database.WriteAsync(
        transaction => transaction.RunAsync("UPDATE staged_documents SET becomes = NULL WHERE knowledge_base_id = @knowledgeBaseId", new { knowledgeBaseId }, cancellationToken),
        cancellationToken);

    /// <summary>Takes in what is staged and not in the files, what was staged again too.</summary>
    public async Task WriteAsync(int dimensions, CancellationToken cancellationToken)
    {
        // Vectors that come while texts are read may miss their chunk: whoever opens the files looks for later ones.
        if (_vectors < 0)
            _vectors = (await database.ReadAsync(connection => IndexRows.GetProgressAsync(connection, knowledgeBaseId, cancellationToken), cancellationToken)).Vector;
        while (await TakeAsync(cancellationToken) is { Count: > 0 } versions)
        {
            var documents = await database.ReadAsync(connection => rows.ReadStagedAsync(connection, build, versions, cancellationToken), cancellationToken);
            using var builder = new SegmentBuilder(dimensions);
            foreach (var document in documents) builder.Add(document.Id, document.Version, document.Chunks, document.Vectors);
            _segments.Add(builder.Build());
            if (_segments.Views.Where(view => view.Segment.Path is null).Sum(view => view.Segment.Chunks) >= ChunksToKeepInMemory) await MergeAsync(cancellationToken);
        }

        if (_segments.Views.Any(view => view.Segment.Path is null)) await MergeAsync(cancellationToken);
    }

    // Noted before they are read: one that is staged again in between is taken again.
    private Task<Dictionary<string, long>> TakeAsync(CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            var some = await transaction.ListAsync<(string Id, int Chunks, long Becomes)>(
                $"""
                SELECT s.document_id, s.chunk_count, {Becomes} FROM {Becoming}
                WHERE s.knowledge_base_id = @knowledgeBaseId AND s.becomes IS NULL ORDER BY s.document_id LIMIT {DocumentsAtATime}
                """,
                With(new { knowledgeBaseId }),
                cancellationToken);
            var taken = new Dictionary<string, long>(StringComparer.Ordinal);
            for (int i = 0, chunks = 0; i < some.Count && (i == 0 || chunks + some[i].Chunks <= ChunksAtATime); chunks += some[i++].Chunks) taken.Add(some[i].Id, some[i].Becomes);
            await transaction.RunEachAsync("UPDATE staged_documents SET becomes = @becomes WHERE document_id = @id", taken.Select(t => new { id = t.Key, becomes = t.Value }), cancellationToken);
            return taken;
        },
        cancellationToken);

    // As files are merged in the course of time; on a thread of its own, where it can wait for searches.
    private async Task MergeAsync(CancellationToken cancellationToken)
    {
        var plan = MergePlan.Of(_segments.Views, TierRatio);
        var kept = _segments.Views.Count - plan.Count;
        var job = new MergeJob(plan, KeepDeletions: kept > 0, Generation: 0, _vectors, [.. Names.Take(kept)]);
        var merged = await Task.Factory.StartNew(() => files.Merge(job, traffic, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _segments.Replace(plan, SegmentView.Of(merged));
    }
}
