using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Chatbot.Backends.Embedded.Models;
using Chatbot.Core.Chunks;
using Chatbot.Core.Data;
using Microsoft.Extensions.Logging;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// The index of the embedded profile. Chunks are rows of the database, committed per document; the inverted lists are
/// made from them, kept as files under the data directory, and caught up before every search; while searches come, a follower
/// has mostly done it already.
/// </summary>
/// <param name="spaces">Whose vectors count.</param>
internal sealed class EmbeddedChunkIndex(Database database, string directory, VectorSpaces spaces, ILogger<EmbeddedChunkIndex> logger) : IChunkIndex, IDisposable
{
    // How long another process' change may stay unseen by who asks for the generation alone, as each cached answer does.
    private static readonly TimeSpan GenerationFreshness = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<string, (long Generation, long Changes, long Since)> _generations = new(StringComparer.Ordinal);
    private long _changes;
    private readonly SearchTraffic _traffic = new();
    private readonly IndexRows _rows = new(database, spaces.Configured.Model);
    private readonly VectorRows _vectors = new(database, spaces.Configured.Model);
    private readonly ConcurrentDictionary<(string KnowledgeBaseId, VectorSpace Space), KnowledgeBaseIndex> _indexes = [];

    /// <param name="model">Name of the only embedding model.</param>
    /// <param name="dimensions">Of that model.</param>
    public EmbeddedChunkIndex(Database database, string directory, string model, int dimensions, ILogger<EmbeddedChunkIndex> logger)
        : this(database, directory, new VectorSpaces(new VectorSpace(model, dimensions)), logger)
    {
    }

    /// <summary>The searches that run.</summary>
    public SearchTraffic Traffic => _traffic;

    public async Task ReplaceAsync(string knowledgeBaseId, string documentId, long version, IReadOnlyList<Chunk> chunks, CancellationToken cancellationToken)
    {
        // An index that nobody has searched is not opened for it.
        var index = _indexes.GetValueOrDefault((knowledgeBaseId, spaces.Asked));
        var prepared = index?.Prepare(documentId, version, chunks);
        var change = await new IndexRows(database, spaces.Wanted).ReplaceAsync(knowledgeBaseId, documentId, version, chunks, cancellationToken);
        if (prepared is not null && change is { } generation) index!.Keep(generation, prepared);
        Interlocked.Increment(ref _changes);
    }

    public async Task DeleteAsync(string knowledgeBaseId, string documentId, CancellationToken cancellationToken)
    {
        await _rows.DeleteAsync(knowledgeBaseId, documentId, cancellationToken);
        Interlocked.Increment(ref _changes);
    }

    public async Task<IReadOnlyList<Chunk>> GetChunksAsync(string knowledgeBaseId, IReadOnlyCollection<ChunkPlace> places, CancellationToken cancellationToken)
    {
        var wanted = places.Select(p => (Guid.Parse(p.DocumentId), p.Version, p.Ordinal)).ToList();
        return [.. (await _rows.GetChunksAsync(wanted, cancellationToken)).Values.Select(row => row.ToChunk())];
    }

    public Task<IReadOnlyList<Chunk>> GetDocumentAsync(string knowledgeBaseId, string documentId, CancellationToken cancellationToken) =>
        _rows.GetDocumentAsync(documentId, cancellationToken);

    public Task<IReadOnlyList<PendingText>> GetPendingAsync(int most, CancellationToken cancellationToken) => _vectors.GetPendingAsync(most, cancellationToken);

    public Task SetVectorsAsync(IReadOnlyList<TextVector> vectors, CancellationToken cancellationToken) => _vectors.SetAsync(vectors, spaces.Wanted, cancellationToken);

    public async Task<IndexState> GetStateAsync(string knowledgeBaseId, CancellationToken cancellationToken)
    {
        var snapshot = await Open(knowledgeBaseId, spaces.Configured).GetSnapshotAsync(cancellationToken);
        return new IndexState(snapshot.Documents, snapshot.Chunks, snapshot.CountVectors(), snapshot.Generation, snapshot.Languages)
        {
            Parked = await _vectors.CountParkedAsync(knowledgeBaseId, cancellationToken),
            Model = spaces.Configured.Model,
            AskedModel = spaces.IsBuilding ? spaces.Asked.Model : null,
        };
    }

    public async Task<long> GetGenerationAsync(string knowledgeBaseId, CancellationToken cancellationToken)
    {
        var changes = Volatile.Read(ref _changes);
        if (_generations.TryGetValue(knowledgeBaseId, out var known) && known.Changes == changes && Stopwatch.GetElapsedTime(known.Since) < GenerationFreshness)
            return known.Generation;
        var since = Stopwatch.GetTimestamp();
        var progress = await _rows.ReadAsync(connection => IndexRows.GetProgressAsync(connection, knowledgeBaseId, cancellationToken), cancellationToken);
        _generations[knowledgeBaseId] = (progress.Generation, changes, since);
        return progress.Generation;
    }

    public async Task<ChunkCandidates> SearchAsync(ChunkQuery query, CancellationToken cancellationToken)
    {
        // A vector that was made before the model changed meets its own kind; one of an unknown model meets none.
        var space = query.VectorModel is null ? spaces.Asked : spaces.Find(query.VectorModel);
        var vector = space is null ? default : query.Vector;
        var index = Open(query.IsTrial ? TrialIndex.IdOf(query.KnowledgeBaseId) : query.KnowledgeBaseId, space ?? spaces.Asked);
        return await index.SearchAsync((snapshot, connection) => SearchAsync(query, vector, index, snapshot, connection, cancellationToken), cancellationToken);
    }

    /// <summary>Writes what has gathered in memory to files.</summary>
    public async Task SaveAsync(bool everything, CancellationToken cancellationToken)
    {
        var others = everything ? await _rows.ListKnowledgeBasesAsync(cancellationToken) : [];
        var asked = spaces.Asked;
        foreach (var id in _indexes.Keys.Where(key => key.Space == asked).Select(key => key.KnowledgeBaseId).Union(others))
        {
            var index = Open(id, asked);
            await index.GetSnapshotAsync(cancellationToken);
            if (everything || index.WantsSaving) await index.SaveAsync(cancellationToken);
            await index.FlushVectorsAsync(everything, cancellationToken);
        }

        // Those of a model that was replaced: whoever still searches one keeps it.
        foreach (var key in _indexes.Keys.Where(key => key.Space != asked && key.Space != spaces.Configured)) _indexes.TryRemove(key, out _);
    }

    /// <summary>Opens all knowledge bases with the vectors of a model, so that the first question does not wait for it.</summary>
    public async Task PrepareAsync(VectorSpace space, CancellationToken cancellationToken)
    {
        foreach (var id in await _rows.ListKnowledgeBasesAsync(cancellationToken)) await Open(id, space).GetSnapshotAsync(cancellationToken);
    }

    public void Dispose()
    {
        foreach (var index in _indexes.Values) index.Dispose();
        _traffic.Dispose();
    }

    /// <param name="connection">Sees the rows that the snapshot was made from: what is found in one is in the other.</param>
    private static async Task<ChunkCandidates> SearchAsync(
        ChunkQuery query, ReadOnlyMemory<float> vector, KnowledgeBaseIndex index, IndexSnapshot whole, DbConnection connection, CancellationToken cancellationToken)
    {
        var snapshot = await SourceSelection.ApplyAsync(whole, query, connection, cancellationToken);
        // Words are looked for while the vectors are scanned, and scores worked out while the texts are read.
        var byWords = SideWork.Start(() =>
        {
            var resolved = new QuestionResolver(snapshot).Resolve(query.Question);
            return (resolved, Best: resolved.Phrases.Count > 0 ? [] : new WordSearcher(snapshot, resolved.Words).Best(query.Limit, cancellationToken));
        });
        var nearest = VectorSearcher.Search(snapshot, vector.Span, query.Limit);
        var near = nearest.ToLookup(n => n.View, n => (n.Document, n.Chunk));
        var (question, best) = await byWords.GetAsync();
        if (question.Phrases.Count > 0)
        {
            var matches = await new PhraseSearch(connection, snapshot, question).SearchAsync(query.Limit, near, cancellationToken);
            if (matches.Count > 0) return CandidateCollector.Collect(snapshot, question, matches, vector, vector.IsEmpty ? null : index.CommonOf(whole));
            best = new WordSearcher(snapshot, question.Words).Best(query.Limit, cancellationToken);
        }

        var common = vector.IsEmpty ? null : index.CommonOf(whole);
        var places = WordSearcher.Join(best, near);
        var keys = places.ConvertAll(snapshot.KeyOf);
        var scoring = SideWork.Start(() =>
        {
            new WordSearcher(snapshot, question.Words).Complete(places, best.Count, cancellationToken);
            return CandidateCollector.Score(snapshot, question, places, vector, common, nearest);
        });
        var rows = await ChunkReader.ReadAsync(connection, keys, cancellationToken);
        return CandidateCollector.Collect(snapshot, question, await scoring.GetAsync(), common?.SpreadTo(vector.Span), keys, rows);
    }

    private KnowledgeBaseIndex Open(string knowledgeBaseId, VectorSpace space) =>
        _indexes.GetOrAdd((knowledgeBaseId, space), key => new KnowledgeBaseIndex(
            key.KnowledgeBaseId,
            new SegmentFiles(Path.Combine(directory, key.KnowledgeBaseId), key.Space),
            key.Space,
            new IndexRows(database, key.Space.Model),
            new VectorRows(database, key.Space.Model),
            _traffic,
            logger));
}
