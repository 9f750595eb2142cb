using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// What this process knows of a knowledge base's index, and how it moves on with the rows. Whoever calls a method holds the
/// gate of the knowledge base; <see cref="At"/> and the properties are for anyone.
/// </summary>
internal sealed partial class LiveIndex(
    string knowledgeBaseId, SegmentFiles files, VectorSpace space, IndexRows rows, VectorRows vectorRows, ILogger logger)
{
    // Of a step, whose reader must not hold the rows of one moment for long.
    private const int DocumentsPerStep = 200, VectorsPerStep = 4_096;

    // A segment is merged with its newer neighbour when it is less than so many times as large: each chunk is then
    // written again about log(n) times, as in any tiered merge.
    private const int TierRatio = 3;

    private readonly HashSet<IndexSegment> _merging = [];

    // Vectors that came for segments that are being merged: the merge may have passed them.
    private readonly List<VectorRow> _late = [];
    private SegmentSet _segments = new();
    private bool _isOpen;

    // The last change that the segments hold. Documents may be newer: those are read again with their own changes.
    private long _seen;
    private IndexSnapshot? _snapshot;
    private long _vectors;
    private IReadOnlyList<string> _unreadable = [];

    /// <summary>The last state that was complete; null before the first.</summary>
    public IndexSnapshot? Snapshot => Volatile.Read(ref _snapshot);

    /// <summary>All vectors with numbers up to this one are in the segments.</summary>
    public long Vectors => Volatile.Read(ref _vectors);

    /// <summary>The last change that the files hold.</summary>
    public long Checkpoint { get; private set; }

    /// <summary>Documents whose changes are ahead, as far as somebody has analysed them.</summary>
    public PreparedDocuments Prepared { get; } = new();

    /// <summary>A vector could not be written: what the files are known to hold must not rise any more.</summary>
    public bool IsVectorMissing { get; private set; }

    /// <summary>The state that holds exactly what the rows do; null when that is not the present one.</summary>
    public IndexSnapshot? At(IndexProgress progress) => Snapshot is { IsWhole: true } s && s.Generation == progress.Generation && Vectors >= progress.Vector ? s : null;

    /// <summary>Moves towards the rows that a connection sees.</summary>
    /// <returns>Whether <see cref="Snapshot"/> is exactly there now. False: there is more to do, on a connection that sees the rows of then.</returns>
    public async Task<bool> StepAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var progress = await IndexRows.GetProgressAsync(connection, knowledgeBaseId, cancellationToken);
        // Another process has saved, and the log no longer has all that we have not seen.
        // Or the files are no longer what they were when they were opened.
        if ((!_isOpen || _seen < progress.Checkpoint || _snapshot is { IsWhole: false }) && !await OpenCheckpointAsync(connection, progress, cancellationToken)) return false;

        if (_seen < progress.Generation)
        {
            var changes = await IndexRows.GetChangesAsync(connection, knowledgeBaseId, _seen, DocumentsPerStep, cancellationToken);
            foreach (var segment in await MakeSegmentsAsync(connection, changes, cancellationToken)) _segments.Add(segment);
            _seen = changes.Count > 0 ? changes[^1].Generation : progress.Generation;
            Prepared.Forget(_seen);
            if (_seen < progress.Generation) return false;
        }

        if (_snapshot?.Generation != _seen) Volatile.Write(ref _snapshot, _segments.Snapshot(_seen));
        await AddVectorsAsync(connection, progress.Vector, cancellationToken);
        return _vectors >= progress.Vector;
    }

    /// <summary>Small segments in memory that are worth merging; null when there are none. They are left alone until <see cref="End"/>.</summary>
    /// <param name="large">So many chunks are merged only if <paramref name="isLargeWanted"/>.</param>
    public MergeJob? BeginSmall(int large, bool isLargeWanted)
    {
        var plan = MergePlan.OfMemory(_segments.Views, _merging, TierRatio);
        return plan.Count == 0 || (!isLargeWanted && plan.Sum(v => v.Segment.Chunks) >= large) ? null : Begin(plan);
    }

    /// <summary>Everything in memory with the files it is to be merged with; null when the files have everything.</summary>
    public MergeJob? BeginSaving()
    {
        var plan = _seen == Checkpoint ? [] : MergePlan.Of(_segments.Views, TierRatio);
        return plan.Count == 0 ? null : Begin(plan);
    }

    /// <summary>Puts what was merged in its place.</summary>
    /// <param name="merged">Null when it failed.</param>
    /// <param name="checkpoint">Whether the files are a checkpoint now.</param>
    public void End(MergeJob job, SegmentView? merged, bool checkpoint = false)
    {
        _merging.ExceptWith(job.Views.Select(v => v.Segment));
        if (merged is not null && _segments.Replace(job.Views, merged))
        {
            // What is meant for another merge is late again.
            var late = _late.ToList();
            _late.Clear();
            foreach (var row in late) Apply(row);
            // In the middle of several steps there is no state to hand out.
            if (_snapshot?.Generation == _seen) Volatile.Write(ref _snapshot, _segments.Snapshot(_seen));
        }

        if (_merging.Count == 0) _late.Clear();
        if (checkpoint) Checkpoint = job.Generation;
    }

    private MergeJob Begin(IReadOnlyList<SegmentView> plan)
    {
        _merging.UnionWith(plan.Select(v => v.Segment));
        var kept = _segments.Views.Take(_segments.Views.Count - plan.Count).Select(v => Path.GetFileName(v.Segment.Path)).OfType<string>().ToList();
        return new MergeJob(plan, plan[0].Segment != _segments.Views[0].Segment, _seen, IsVectorMissing ? 0 : _vectors, kept);
    }

    // In no order: no document is in two of them.
    private async Task<List<IndexSegment>> MakeSegmentsAsync(
        DbConnection connection, IReadOnlyList<(long Generation, string DocumentId)> changes, CancellationToken cancellationToken)
    {
        var ready = new Dictionary<string, IndexSegment>(StringComparer.Ordinal);
        foreach (var (generation, id) in changes)
        {
            if (Prepared.Take(generation) is { } segment) ready.Add(id, segment);
        }

        // A vector of a later version's text does not matter: that version follows before there is a state to hand out.
        foreach (var row in await vectorRows.GetOfDocumentsAsync(connection, [.. ready.Keys], cancellationToken))
        {
            if (ready[row.DocumentId!] is var segment && segment.Versions[0] == row.Version && row.Ordinal < segment.Chunks) segment.Vectors.Set(row.Ordinal, row.Vector);
        }

        var segments = ready.Values.ToList();
        var others = await rows.ReadDocumentsAsync(connection, [.. changes.Select(c => c.DocumentId).Where(id => !ready.ContainsKey(id))], cancellationToken);
        if (others.Count == 0) return segments;
        using var builder = new SegmentBuilder(space.Dimensions);
        foreach (var document in others) builder.Add(document.Id, document.Version, document.Chunks, document.Vectors);
        segments.Add(builder.Build());
        return segments;
    }

    // A document that is not here, or in another version, needs nothing: whoever reads its rows reads its vectors with them.
    private async Task AddVectorsAsync(DbConnection connection, long last, CancellationToken cancellationToken)
    {
        if (_vectors >= last) return;
        var found = await vectorRows.GetNewAsync(connection, knowledgeBaseId, _vectors, VectorsPerStep, cancellationToken);
        foreach (var row in found) Apply(row);
        Volatile.Write(ref _vectors, found.Count < VectorsPerStep ? last : found[^1].Number);
    }

    private void Apply(VectorRow row)
    {
        if (row.DocumentId is null || _segments.Find(Guid.Parse(row.DocumentId)) is not var (segment, document)) return;
        var chunk = segment.FirstChunks[document] + row.Ordinal;
        if (segment.Versions[document] != row.Version || chunk >= segment.FirstChunks[document + 1]) return;
        if (_merging.Contains(segment)) _late.Add(row);
        try
        {
            segment.Vectors.Set(chunk, row.Vector);
        }
        catch (IOException error)
        {
            // Found by its words until the next start, which reads the vector again.
            if (!IsVectorMissing) LogVectorMissing(error, knowledgeBaseId);
            IsVectorMissing = true;
        }
    }

    private async Task<bool> OpenCheckpointAsync(DbConnection connection, IndexProgress progress, CancellationToken cancellationToken)
    {
        var (generation, names) = await IndexRows.GetCheckpointAsync(connection, knowledgeBaseId, cancellationToken);
        var segments = new SegmentSet();
        try
        {
            foreach (var name in names) segments.Add(files.Open(name));
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // Another process may have saved since the connection's moment, and deleted these. Then there are others.
            if (!names.SequenceEqual(_unreadable))
            {
                _unreadable = names;
                return false;
            }

            // Files can be lost or of an older format; the rows have everything, so the index is made anew from them.
            LogStartingOver(error, knowledgeBaseId);
            await rows.StartOverAsync(knowledgeBaseId, cancellationToken);
            (_segments, _seen, Checkpoint, _isOpen) = (new SegmentSet(), 0, 0, true);
            Volatile.Write(ref _snapshot, null);
            Volatile.Write(ref _vectors, progress.Vector);
            return false;
        }

        (_segments, _seen, Checkpoint, _isOpen) = (segments, generation, generation, true);
        Volatile.Write(ref _snapshot, null);
        // Documents bring the vectors that their rows have. Only those of files can lack some.
        Volatile.Write(ref _vectors, segments.Views.Select(v => v.Segment.Vectors.Upto).DefaultIfEmpty(progress.Vector).Min());
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "The index files of {KnowledgeBaseId} cannot be read; the index is made anew from the database")]
    private partial void LogStartingOver(Exception error, string knowledgeBaseId);

    [LoggerMessage(LogLevel.Warning, "A vector of {KnowledgeBaseId} could not be written to its file; it counts again after the next start")]
    private partial void LogVectorMissing(Exception error, string knowledgeBaseId);
}
