using System.Data.Common;
using Chatbot.Core.Chunks;
using Microsoft.Extensions.Logging;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// One knowledge base's index in this process: the segments of the last checkpoint and, in memory, what changed since.
/// Safe for concurrent use; searches work on snapshots and wait for no merge.
/// </summary>
internal sealed partial class KnowledgeBaseIndex : IDisposable
{
    // Above this many chunks in memory they are written to a file; below, reading them again costs a start little.
    private const int ChunksToKeepInMemory = 2_000;

    // So many vectors more than the files are known to hold: their files are flushed. A start reads fewer anew in a moment.
    private const int VectorsToFlush = 2_000;

    // A merge of more chunks has a thread of its own, on which it can wait for searches.
    private const int ChunksOfLongMerge = 500;

    // Whoever met a state that is newer than the rows it saw looks again so often before it goes through the gate.
    private const int Looks = 3;

    // A step of catching up takes some milliseconds.
    private static readonly TimeSpan PatienceAtEnd = TimeSpan.FromSeconds(10);

    private readonly string _knowledgeBaseId;
    private readonly SegmentFiles _files;
    private readonly VectorSpace _space;
    private readonly IndexRows _rows;
    private readonly SearchTraffic _traffic;
    private readonly ILogger _logger;
    private readonly LiveIndex _live;
    private readonly CommonDirectionsCache _common = new();
    private readonly IndexFollower _follower;

    // Held while the state changes, never while segments are merged.
    private readonly SemaphoreSlim _gate = new(1);

    // Held while small segments in memory are merged, and while it is planned what to save.
    private readonly SemaphoreSlim _mergeTurn = new(1);
    private Task _longMerge = Task.CompletedTask;
    private int _isDisposed;

    public KnowledgeBaseIndex(
        string knowledgeBaseId, SegmentFiles files, VectorSpace space, IndexRows rows, VectorRows vectorRows, SearchTraffic traffic, ILogger logger)
    {
        (_knowledgeBaseId, _files, _space, _rows, _traffic, _logger) = (knowledgeBaseId, files, space, rows, traffic, logger);
        _live = new LiveIndex(knowledgeBaseId, files, space, rows, vectorRows, logger);
        _follower = new IndexFollower(FollowAsync, logger, TimeProvider.System);
    }

    /// <summary>Runs a search on the state of now: whatever was committed before this call is in it, vectors too.</summary>
    /// <param name="search">Gets the state, and a connection that sees the very rows it was made from.</param>
    public async Task<T> SearchAsync<T>(Func<IndexSnapshot, DbConnection, Task<T>> search, CancellationToken cancellationToken)
    {
        _follower.Wake();
        return await ReadAsync(
            async (snapshot, connection) =>
            {
                using var running = _traffic.Begin();
                return await search(snapshot, connection);
            }, cancellationToken);
    }

    /// <summary>The state of now: whatever was committed before this call is in it, vectors too.</summary>
    public async Task<IndexSnapshot> GetSnapshotAsync(CancellationToken cancellationToken)
    {
        var snapshot = await ReadAsync((snapshot, _) => Task.FromResult(snapshot), cancellationToken);
        await MergeSmallAsync(cancellationToken);
        return snapshot;
    }

    /// <summary>What the vectors of a state have in common; null when it has too few.</summary>
    public CommonDirections? CommonOf(IndexSnapshot snapshot) => _common.Nearly(snapshot, _live.Vectors, _space.Dimensions);

    /// <summary>Analyses a document that is about to be put into the index, if searches come: the next one would have to otherwise.</summary>
    /// <returns>Null when it is left to the searches.</returns>
    public IndexSegment? Prepare(string documentId, long version, IReadOnlyList<Chunk> chunks)
    {
        if (!_follower.IsWanted || !_live.Prepared.HasRoom) return null;
        for (var i = 0; i < chunks.Count; i++)
        {
            if (chunks[i].Ordinal != i) return null;
        }

        using var builder = new SegmentBuilder(_space.Dimensions);
        builder.Add(Guid.Parse(documentId), version, chunks, new byte[]?[chunks.Count]);
        return builder.Build();
    }

    /// <summary>Takes what was prepared, once it is in the rows.</summary>
    public void Keep(long generation, IndexSegment prepared) => _live.Prepared.Keep(generation, prepared);

    /// <summary>Whether so much has gathered in memory that it should be written.</summary>
    public bool WantsSaving => _live.Snapshot is { } s && s.Views.Where(v => v.Segment.Path is null).Sum(v => v.Segment.Chunks) >= ChunksToKeepInMemory;

    /// <summary>Writes what is in memory to files, merging where it pays. One process at a time; another one's turn is no error.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        using var turn = _files.TryTakeTurn();
        if (turn is null) return;

        await GetSnapshotAsync(cancellationToken);
        if (await BeginSavingAsync(cancellationToken) is not { } job) return;
        SegmentView? merged = null;
        var isCheckpoint = false;
        try
        {
            merged = SegmentView.Of(await OnOwnThreadAsync(() => _files.Merge(job, _traffic, cancellationToken), cancellationToken));
            // What was added while we merged stays in memory and in the log: the files are a checkpoint of when it began.
            List<string> names = [.. job.Kept, Path.GetFileName(merged.Segment.Path)!];
            await _rows.SetCheckpointAsync(_knowledgeBaseId, job.Generation, names, cancellationToken);
            isCheckpoint = true;
            _files.DeleteOthers(names);
            LogSaved(_knowledgeBaseId, merged.Totals.Chunks, names.Count);
        }
        finally
        {
            // A file that is no checkpoint's is nobody's: it falls away with the next save.
            await InGateAsync(() => _live.End(job, isCheckpoint ? merged : null, isCheckpoint), CancellationToken.None);
        }
    }

    /// <summary>Makes durable which vectors the files hold, so that the next start need not read them again.</summary>
    /// <param name="everything">However few they are.</param>
    public async Task FlushVectorsAsync(bool everything, CancellationToken cancellationToken)
    {
        var vectors = 0L;
        List<FileVectors> written = [];
        await InGateAsync(() =>
        {
            if (_live.IsVectorMissing || _live.Snapshot is not { } snapshot) return;
            vectors = _live.Vectors;
            written = [.. snapshot.Views.Select(v => v.Segment.Vectors).OfType<FileVectors>()];
        }, cancellationToken);
        foreach (var file in written.Where(f => f.Upto + (everything ? 0 : VectorsToFlush) < vectors)) file.SetUpto(vectors);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        _follower.Dispose();
        // Whoever disposed of an index may do with its files what they like: the follower must not be reading them.
        _gate.Wait(PatienceAtEnd);
        _gate.Dispose();
        _mergeTurn.Dispose();
    }

    private async Task<T> ReadAsync<T>(Func<IndexSnapshot, DbConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var look = 1; look <= Looks; look++)
        {
            var isBehind = false;
            var (isThere, result) = await _rows.ReadAsync(async connection =>
            {
                var progress = await IndexRows.GetProgressAsync(connection, _knowledgeBaseId, cancellationToken);
                if (_live.At(progress) is { } snapshot) return (true, await work(snapshot, connection));
                isBehind = _live.Snapshot is not { } s || s.Generation < progress.Generation || _live.Vectors < progress.Vector;
                return (false, default(T)!);
            }, cancellationToken);
            if (isThere) return result;
            if (isBehind) break;
        }

        while (true)
        {
            var (isThere, result) = await CatchUpAsync(work, cancellationToken);
            if (isThere) return result;
            // Far behind. Many small segments would make each further step slower.
            await MergeSmallAsync(cancellationToken);
        }
    }

    private async Task<(bool IsThere, T Result)> CatchUpAsync<T>(Func<IndexSnapshot, DbConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        var isHeld = true;
        try
        {
            return await _rows.ReadAsync(async connection =>
            {
                if (!await _live.StepAsync(connection, cancellationToken)) return (false, default(T)!);
                var snapshot = _live.Snapshot!;
                isHeld = false;
                _gate.Release();
                return (true, await work(snapshot, connection));
            }, cancellationToken);
        }
        finally
        {
            if (isHeld) _gate.Release();
        }
    }

    private async Task<bool> FollowAsync(CancellationToken cancellationToken)
    {
        var (before, vectors) = (_live.Snapshot, _live.Vectors);
        var now = await GetSnapshotAsync(cancellationToken);
        // So that no search has to.
        if (now.Chunks > 0) _common.Of(now, _live.Vectors, _space.Dimensions);
        return _live.Snapshot != before || _live.Vectors != vectors;
    }

    // Many small changes must not leave many small segments, each of which costs every search a look.
    private async Task MergeSmallAsync(CancellationToken cancellationToken)
    {
        // Somebody is at it.
        if (!await _mergeTurn.WaitAsync(TimeSpan.Zero, cancellationToken)) return;
        try
        {
            MergeJob? job = null;
            while (true)
            {
                await InGateAsync(() => job = _live.BeginSmall(ChunksOfLongMerge, _longMerge.IsCompleted), cancellationToken);
                if (job is null) return;
                if (job.Chunks >= ChunksOfLongMerge) _longMerge = MergeLongAsync(job);
                else await MergeAsync(job, () => Task.FromResult(MergeInMemory(job, null, cancellationToken)));
            }
        }
        finally
        {
            _mergeTurn.Release();
        }
    }

    // Nobody waits for it but who saves.
    private async Task MergeLongAsync(MergeJob job)
    {
        try
        {
            await MergeAsync(job, () => OnOwnThreadAsync(() => MergeInMemory(job, _traffic, CancellationToken.None), CancellationToken.None));
        }
        catch (ObjectDisposedException)
        {
            // The process ends.
        }
        catch (Exception error)
        {
            // What was to be merged stays as it is, and is searched as well.
            LogNotMerged(error, _knowledgeBaseId);
        }
    }

    private async Task MergeAsync(MergeJob job, Func<Task<IndexSegment>> merge)
    {
        SegmentView? merged = null;
        try
        {
            merged = SegmentView.Of(await merge());
        }
        finally
        {
            await InGateAsync(() => _live.End(job, merged), CancellationToken.None);
        }
    }

    private IndexSegment MergeInMemory(MergeJob job, SearchTraffic? traffic, CancellationToken cancellationToken) =>
        new SegmentMerger(job.Views, traffic, cancellationToken).Merge(job.KeepDeletions, chunks => new MemoryVectors(chunks, _space.Dimensions));

    private async Task<MergeJob?> BeginSavingAsync(CancellationToken cancellationToken)
    {
        MergeJob? job = null;
        await _mergeTurn.WaitAsync(cancellationToken);
        try
        {
            await _longMerge.WaitAsync(cancellationToken);
            await InGateAsync(() => job = _live.BeginSaving(), cancellationToken);
        }
        finally
        {
            _mergeTurn.Release();
        }

        return job;
    }

    private async Task InGateAsync(Action change, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            change();
        }
        finally
        {
            _gate.Release();
        }
    }

    // The pool has few threads more than there are processors, and searches need them.
    private static Task<T> OnOwnThreadAsync<T>(Func<T> work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    [LoggerMessage(LogLevel.Debug, "Saved the index of {KnowledgeBaseId}: {Chunks} chunks in the new one of {Files} files")]
    private partial void LogSaved(string knowledgeBaseId, int chunks, int files);

    [LoggerMessage(LogLevel.Warning, "Changes of {KnowledgeBaseId} in memory could not be merged")]
    private partial void LogNotMerged(Exception error, string knowledgeBaseId);
}
