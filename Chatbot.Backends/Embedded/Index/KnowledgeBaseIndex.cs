using Microsoft.Extensions.Logging;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// One knowledge base's index in this process: the segments of the last checkpoint and, in memory, what changed since.
/// Safe for concurrent use; searches work on snapshots and never wait for a merge.
/// </summary>
internal sealed partial class KnowledgeBaseIndex(string knowledgeBaseId, string directory, IndexRows rows, KnowledgeBaseVectors vectors, ILogger logger) : IDisposable
{
    private const int DocumentsPerRead = 200;

    // Above this many chunks in memory they are written to a file; below, reading them again costs a start little.
    private const int ChunksToKeepInMemory = 2_000;

    // A segment is merged with its newer neighbour when it is less than so many times as large: each chunk is then
    // written again about log(n) times, as in any tiered merge.
    private const int TierRatio = 3;

    private readonly SemaphoreSlim _gate = new(1);
    private SegmentSet _segments = new();
    private IndexSnapshot? _snapshot;
    private IReadOnlyList<IndexSegment> _saving = [];
    private long _checkpoint;

    /// <summary>The state of now: whatever was committed before this call is in it.</summary>
    public async Task<IndexSnapshot> GetSnapshotAsync(CancellationToken cancellationToken)
    {
        var (generation, checkpoint) = await rows.GetGenerationAsync(knowledgeBaseId, cancellationToken);
        if (Volatile.Read(ref _snapshot) is { } current && current.Generation >= generation) return current;

        await _gate.WaitAsync(cancellationToken);
        try
        {
            return await CatchUpAsync(generation, checkpoint, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The vectors of what the last snapshot holds.</summary>
    public KnowledgeBaseVectors Vectors => vectors;

    /// <summary>Whether so much has gathered in memory that it should be written.</summary>
    public bool WantsSaving => _snapshot is { } s && s.Views.Where(v => v.Segment.Path is null).Sum(v => v.Segment.Chunks) >= ChunksToKeepInMemory;

    /// <summary>Writes what is in memory to files, merging where it pays. One process at a time; another one's turn is no error.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        using var turn = FileTurn.TryTake(Path.Combine(directory, "merge.lock"));
        if (turn is null) return;

        var (snapshot, plan) = await BeginSavingAsync(cancellationToken);
        if (snapshot.Generation == _checkpoint) return;
        var segments = plan.Select(v => v.Segment).ToList();
        var everything = plan.Count == snapshot.Views.Count;
        var merged = SegmentMerger.Merge(segments, plan.Select(v => v.Live).ToList(), keepDeletions: !everything, cancellationToken);
        var file = $"{Chatbot.Core.Ids.New()}.seg";
        await WriteDurablyAsync(Path.Combine(directory, file), merged.Bytes, cancellationToken);

        await _gate.WaitAsync(cancellationToken);
        try
        {
            _segments.Replace(segments, IndexSegment.Open(Path.Combine(directory, file)));
            // What was added while we merged stays in memory and in the log: only files up to the snapshot are a checkpoint.
            var files = _segments.Views.Select(v => v.Segment.Path).OfType<string>().Select(Path.GetFileName).OfType<string>().ToList();
            await rows.SetCheckpointAsync(knowledgeBaseId, snapshot.Generation, files, cancellationToken);
            _checkpoint = snapshot.Generation;
            _snapshot = _segments.Snapshot(_snapshot!.Generation);
            DeleteOthers(files);
            LogSaved(knowledgeBaseId, snapshot.Chunks, files.Count);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _gate.Dispose();
        vectors.Dispose();
    }

    private async Task<(IndexSnapshot Snapshot, IReadOnlyList<SegmentView> Plan)> BeginSavingAsync(CancellationToken cancellationToken)
    {
        await GetSnapshotAsync(cancellationToken);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var plan = MergePlan.Of(_snapshot!.Views, TierRatio);
            _saving = plan.Select(v => v.Segment).ToList();
            return (_snapshot, plan);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<IndexSnapshot> CatchUpAsync(long generation, long checkpoint, CancellationToken cancellationToken)
    {
        if (_snapshot is null || _snapshot.Generation < checkpoint)
        {
            // Another process has saved, and the log no longer has all that we have not seen.
            await OpenCheckpointAsync(cancellationToken);
            (generation, _) = await rows.GetGenerationAsync(knowledgeBaseId, cancellationToken);
        }

        var seen = _snapshot!.Generation;
        while (seen < generation)
        {
            var (last, documents) = await rows.GetChangesAsync(knowledgeBaseId, seen, DocumentsPerRead, cancellationToken);
            if (documents.Count == 0) break;
            var builder = new SegmentBuilder();
            foreach (var document in documents) builder.Add(document.Id, document.Version, document.Chunks);
            _segments.Add(builder.Build());
            MergeSmall(cancellationToken);
            await vectors.ReplaceAsync([.. documents.Select(d => d.Id)], cancellationToken);
            seen = last;
        }

        return _snapshot = _segments.Snapshot(Math.Max(seen, generation));
    }

    private async Task OpenCheckpointAsync(CancellationToken cancellationToken)
    {
        var (generation, files) = await rows.GetCheckpointAsync(knowledgeBaseId, cancellationToken);
        var segments = new SegmentSet();
        try
        {
            foreach (var file in files) segments.Add(IndexSegment.Open(Path.Combine(directory, file)));
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
            var segments = plan.Select(v => v.Segment).ToList();
            _segments.Replace(segments, SegmentMerger.Merge(segments, plan.Select(v => v.Live).ToList(), keepDeletions: true, cancellationToken));
        }
    }

    private static async Task WriteDurablyAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await using (var stream = new FileStream(path + ".tmp", FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous))
        {
            await stream.WriteAsync(bytes, cancellationToken);
            stream.Flush(flushToDisk: true);
        }

        File.Move(path + ".tmp", path, overwrite: true);
    }

    private void DeleteOthers(IReadOnlyCollection<string> files)
    {
        foreach (var path in Directory.EnumerateFiles(directory, "*.seg*"))
        {
            // Whoever has it mapped keeps it; a process that is just opening the old checkpoint starts over from the new one.
            if (!files.Contains(Path.GetFileName(path))) File.Delete(path);
        }
    }

    [LoggerMessage(LogLevel.Debug, "Saved the index of {KnowledgeBaseId}: {Chunks} chunks in {Files} files")]
    private partial void LogSaved(string knowledgeBaseId, int chunks, int files);

    [LoggerMessage(LogLevel.Warning, "The index files of {KnowledgeBaseId} cannot be read; the index is made anew from the database")]
    private partial void LogStartingOver(Exception error, string knowledgeBaseId);
}
