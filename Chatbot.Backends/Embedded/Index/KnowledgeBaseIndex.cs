using Microsoft.Extensions.Logging;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// One knowledge base's index in this process: the segments of the last checkpoint and, in memory, what changed since.
/// Safe for concurrent use; searches work on snapshots and never wait for a merge into files.
/// </summary>
internal sealed partial class KnowledgeBaseIndex(
    string knowledgeBaseId, SegmentFiles files, VectorSpace space, IndexRows rows, VectorRows vectorRows, ILogger logger) : IDisposable
{
    private const int DocumentsPerRead = 200, VectorsPerRead = 4_096;

    // Above this many chunks in memory they are written to a file; below, reading them again costs a start little.
    private const int ChunksToKeepInMemory = 2_000;

    // So many vectors more than the files are known to hold: their files are flushed. A start reads fewer anew in a moment.
    private const int VectorsToFlush = 2_000;

    // A segment is merged with its newer neighbour when it is less than so many times as large: each chunk is then
    // written again about log(n) times, as in any tiered merge.
    private const int TierRatio = 3;

    private readonly SemaphoreSlim _gate = new(1);
    private SegmentSet _segments = new();
    private IndexSnapshot? _snapshot;
    private IReadOnlyList<IndexSegment> _saving = [];
    private long _checkpoint;

    // All vectors with numbers up to this one are in the segments.
    private long _vectors;

    // A vector could not be written: what the files are known to hold must not rise any more.
    private bool _isVectorMissing;

    /// <summary>The state of now: whatever was committed before this call is in it, vectors too.</summary>
    public async Task<IndexSnapshot> GetSnapshotAsync(CancellationToken cancellationToken)
    {
        var progress = await rows.GetProgressAsync(knowledgeBaseId, cancellationToken);
        if (Volatile.Read(ref _snapshot) is { } current && current.Generation >= progress.Generation && Volatile.Read(ref _vectors) >= progress.Vector) return current;

        await _gate.WaitAsync(cancellationToken);
        try
        {
            return await CatchUpAsync(progress, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Whether so much has gathered in memory that it should be written.</summary>
    public bool WantsSaving => _snapshot is { } s && s.Views.Where(v => v.Segment.Path is null).Sum(v => v.Segment.Chunks) >= ChunksToKeepInMemory;

    /// <summary>Writes what is in memory to files, merging where it pays. One process at a time; another one's turn is no error.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        using var turn = files.TryTakeTurn();
        if (turn is null) return;

        var (snapshot, plan, vectors) = await BeginSavingAsync(cancellationToken);
        if (snapshot.Generation == _checkpoint) return;
        var merged = await files.MergeAsync(plan, keepDeletions: plan.Count < snapshot.Views.Count, vectors, cancellationToken);

        await _gate.WaitAsync(cancellationToken);
        try
        {
            _segments.Replace([.. plan.Select(v => v.Segment)], merged);
            // Vectors that came while we merged are in the segments that were: they are read once more.
            _vectors = Math.Min(_vectors, vectors);
            // What was added while we merged stays in memory and in the log: only files up to the snapshot are a checkpoint.
            var names = _segments.Views.Select(v => v.Segment.Path).OfType<string>().Select(Path.GetFileName).OfType<string>().ToList();
            await rows.SetCheckpointAsync(knowledgeBaseId, snapshot.Generation, names, cancellationToken);
            _checkpoint = snapshot.Generation;
            _snapshot = _segments.Snapshot(_snapshot!.Generation);
            files.DeleteOthers(names);
            LogSaved(knowledgeBaseId, snapshot.Chunks, names.Count);
        }
        finally
        {
            _saving = [];
            _gate.Release();
        }
    }

    /// <summary>Makes durable which vectors the files hold, so that the next start need not read them again.</summary>
    /// <param name="everything">However few they are.</param>
    public async Task FlushVectorsAsync(bool everything, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        var (vectors, segments) = (_vectors, _segments.Views.Select(v => v.Segment).ToList());
        var stop = _isVectorMissing;
        _gate.Release();
        if (stop) return;
        foreach (var file in segments.Select(s => s.Vectors).OfType<FileVectors>().Where(f => f.Upto + (everything ? 0 : VectorsToFlush) < vectors)) file.SetUpto(vectors);
    }

    public void Dispose() => _gate.Dispose();

    private async Task<(IndexSnapshot Snapshot, IReadOnlyList<SegmentView> Plan, long Vectors)> BeginSavingAsync(CancellationToken cancellationToken)
    {
        await GetSnapshotAsync(cancellationToken);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var plan = MergePlan.Of(_snapshot!.Views, TierRatio);
            _saving = plan.Select(v => v.Segment).ToList();
            return (_snapshot, plan, _isVectorMissing ? 0 : _vectors);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<IndexSnapshot> CatchUpAsync(IndexProgress progress, CancellationToken cancellationToken)
    {
        if (_snapshot is null || _snapshot.Generation < progress.Checkpoint)
        {
            // Another process has saved, and the log no longer has all that we have not seen.
            await OpenCheckpointAsync(cancellationToken);
            progress = await rows.GetProgressAsync(knowledgeBaseId, cancellationToken);
            // Documents bring the vectors that their rows have. Only those of files can lack some.
            _vectors = _segments.Views.Select(v => v.Segment.Vectors.Upto).DefaultIfEmpty(progress.Vector).Min();
        }

        var seen = _snapshot!.Generation;
        while (seen < progress.Generation)
        {
            var (last, documents) = await rows.GetChangesAsync(knowledgeBaseId, seen, DocumentsPerRead, cancellationToken);
            if (documents.Count == 0) break;
            var builder = new SegmentBuilder(space.Dimensions);
            foreach (var document in documents) builder.Add(document.Id, document.Version, document.Chunks, document.Vectors);
            _segments.Add(builder.Build());
            MergeSmall(cancellationToken);
            seen = last;
        }

        if (seen > _snapshot.Generation || progress.Generation > _snapshot.Generation) _snapshot = _segments.Snapshot(Math.Max(seen, progress.Generation));
        await AddVectorsAsync(progress.Vector, cancellationToken);
        return _snapshot;
    }

    // A document that is not here, or in another version, needs nothing: whoever reads its rows reads its vectors with them.
    private async Task AddVectorsAsync(long last, CancellationToken cancellationToken)
    {
        while (_vectors < last)
        {
            var found = await vectorRows.GetNewAsync(knowledgeBaseId, _vectors, VectorsPerRead, cancellationToken);
            foreach (var row in found)
            {
                if (row.DocumentId is null || _segments.Find(Guid.Parse(row.DocumentId)) is not var (segment, document)) continue;
                var chunk = segment.FirstChunks[document] + row.Ordinal;
                if (segment.Versions[document] == row.Version && chunk < segment.FirstChunks[document + 1]) TrySet(segment, chunk, row.Vector);
            }

            Volatile.Write(ref _vectors, found.Count == 0 ? last : found[^1].Number);
        }
    }

    private void TrySet(IndexSegment segment, int chunk, byte[] vector)
    {
        try
        {
            segment.Vectors.Set(chunk, vector);
        }
        catch (IOException error)
        {
            // Found by its words until the next start, which reads the vector again.
            if (!_isVectorMissing) LogVectorMissing(error, knowledgeBaseId);
            _isVectorMissing = true;
        }
    }

    private async Task OpenCheckpointAsync(CancellationToken cancellationToken)
    {
        var (generation, names) = await rows.GetCheckpointAsync(knowledgeBaseId, cancellationToken);
        var segments = new SegmentSet();
        try
        {
            foreach (var name in names) segments.Add(files.Open(name));
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // Files can be lost or of an older format; the rows have everything, so the index is made anew from them.
            LogStartingOver(error, knowledgeBaseId);
            await rows.StartOverAsync(knowledgeBaseId, cancellationToken);
            (segments, generation) = (new SegmentSet(), 0);
        }

        (_segments, _checkpoint) = (segments, generation);
        _snapshot = segments.Snapshot(generation);
    }

    // Many small changes must not leave many small segments, each of which costs every search a look.
    private void MergeSmall(CancellationToken cancellationToken)
    {
        while (MergePlan.OfMemory(_segments.Views, _saving, TierRatio) is { Count: > 1 } plan)
        {
            var merged = SegmentMerger.Merge(plan, keepDeletions: true, chunks => new MemoryVectors(chunks, space.Dimensions), cancellationToken);
            _segments.Replace([.. plan.Select(v => v.Segment)], merged);
        }
    }

    [LoggerMessage(LogLevel.Debug, "Saved the index of {KnowledgeBaseId}: {Chunks} chunks in {Files} files")]
    private partial void LogSaved(string knowledgeBaseId, int chunks, int files);

    [LoggerMessage(LogLevel.Warning, "The index files of {KnowledgeBaseId} cannot be read; the index is made anew from the database")]
    private partial void LogStartingOver(Exception error, string knowledgeBaseId);

    [LoggerMessage(LogLevel.Warning, "A vector of {KnowledgeBaseId} could not be written to its file; it counts again after the next start")]
    private partial void LogVectorMissing(Exception error, string knowledgeBaseId);
}
