using System.Collections.Concurrent;
using System.Text;
using Chatbot.Core.Chunks;
using Chatbot.Core.Data;
using Microsoft.Extensions.Logging;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// The index of the embedded profile. Chunks are rows of the database, committed per document; the inverted lists are
/// made from them, kept as files under the data directory, and caught up before every search.
/// </summary>
/// <param name="model">Name of the embedding model whose vectors count.</param>
/// <param name="dimensions">Of that model.</param>
internal sealed class EmbeddedChunkIndex(Database database, string directory, string model, int dimensions, ILogger<EmbeddedChunkIndex> logger) : IChunkIndex, IDisposable
{
    private const int Attempts = 5;

    private readonly IndexRows _rows = new(database, model);
    private readonly VectorSpace _space = new(model, dimensions);
    private readonly VectorRows _vectors = new(database, model);
    private readonly ConcurrentDictionary<string, KnowledgeBaseIndex> _indexes = new(StringComparer.Ordinal);

    public Task ReplaceAsync(string knowledgeBaseId, string documentId, long version, IReadOnlyList<Chunk> chunks, CancellationToken cancellationToken) =>
        _rows.ReplaceAsync(knowledgeBaseId, documentId, version, chunks, cancellationToken);

    public Task DeleteAsync(string knowledgeBaseId, string documentId, CancellationToken cancellationToken) =>
        _rows.DeleteAsync(knowledgeBaseId, documentId, cancellationToken);

    public Task<IReadOnlyList<Chunk>> GetDocumentAsync(string knowledgeBaseId, string documentId, CancellationToken cancellationToken) =>
        _rows.GetDocumentAsync(documentId, cancellationToken);

    public Task<IReadOnlyList<PendingText>> GetPendingAsync(int most, CancellationToken cancellationToken) => _vectors.GetPendingAsync(most, cancellationToken);

    public Task SetVectorsAsync(IReadOnlyList<TextVector> vectors, CancellationToken cancellationToken) => _vectors.SetAsync(vectors, cancellationToken);

    public async Task<IndexState> GetStateAsync(string knowledgeBaseId, CancellationToken cancellationToken)
    {
        var index = Open(knowledgeBaseId);
        var snapshot = await index.GetSnapshotAsync(cancellationToken);
        return new IndexState(snapshot.Documents, snapshot.Chunks, snapshot.CountVectors(), snapshot.Generation, snapshot.Languages)
        {
            Parked = await _vectors.CountParkedAsync(knowledgeBaseId, cancellationToken),
        };
    }

    public async Task<ChunkCandidates> SearchAsync(ChunkQuery query, CancellationToken cancellationToken)
    {
        var index = Open(query.KnowledgeBaseId);
        for (var attempt = 1; ; attempt++)
        {
            var snapshot = await index.GetSnapshotAsync(cancellationToken);
            var near = VectorSearcher.Search(snapshot, query.Vector.Span, query.Limit).ToLookup(n => n.View, n => (n.Document, n.Chunk));
            var question = new QuestionResolver(snapshot).Resolve(query.Question);
            // A document may be replaced between the two looks. Then both are taken again; under a storm of changes the last
            // attempt takes the version that is there now.
            var last = attempt == Attempts;
            if (question.Phrases.Count > 0)
            {
                var matches = await new PhraseSearch(_rows, snapshot, question).SearchAsync(query.Limit, near, last, cancellationToken);
                if (matches is null) continue;
                if (matches.Count > 0) return CandidateCollector.Collect(snapshot, question, matches, query.Vector);
            }

            var places = new WordSearcher(snapshot, question.Words).Search(query.Limit, near, cancellationToken);
            var keys = places.Select(snapshot.KeyOf).ToList();
            var chunks = await _rows.GetChunksAsync(keys, anyVersion: last, cancellationToken);
            if (chunks.Count < places.Count && !last) continue;
            return CandidateCollector.Collect(snapshot, question, places, keys, chunks, query.Vector);
        }
    }

    /// <summary>Writes what has gathered in memory to files.</summary>
    public async Task SaveAsync(bool everything, CancellationToken cancellationToken)
    {
        var others = everything ? await _rows.ListKnowledgeBasesAsync(cancellationToken) : [];
        foreach (var id in _indexes.Keys.Union(others))
        {
            var index = Open(id);
            await index.GetSnapshotAsync(cancellationToken);
            if (everything || index.WantsSaving) await index.SaveAsync(cancellationToken);
            await index.FlushVectorsAsync(everything, cancellationToken);
        }
    }

    public void Dispose()
    {
        foreach (var index in _indexes.Values) index.Dispose();
    }

    private KnowledgeBaseIndex Open(string knowledgeBaseId) =>
        _indexes.GetOrAdd(knowledgeBaseId, id => new KnowledgeBaseIndex(id, new SegmentFiles(Path.Combine(directory, id), _space), _space, _rows, _vectors, logger));
}
