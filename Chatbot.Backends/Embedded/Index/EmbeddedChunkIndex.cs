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
internal sealed class EmbeddedChunkIndex(Database database, string directory, ILogger<EmbeddedChunkIndex> logger) : IChunkIndex, IDisposable
{
    private const int Attempts = 5;

    private readonly IndexRows _rows = new(database);
    private readonly ConcurrentDictionary<string, KnowledgeBaseIndex> _indexes = new(StringComparer.Ordinal);

    public Task ReplaceAsync(string knowledgeBaseId, string documentId, long version, IReadOnlyList<Chunk> chunks, CancellationToken cancellationToken) =>
        _rows.ReplaceAsync(knowledgeBaseId, documentId, version, chunks, cancellationToken);

    public Task DeleteAsync(string knowledgeBaseId, string documentId, CancellationToken cancellationToken) =>
        _rows.DeleteAsync(knowledgeBaseId, documentId, cancellationToken);

    public Task<IReadOnlyList<Chunk>> GetDocumentAsync(string knowledgeBaseId, string documentId, CancellationToken cancellationToken) =>
        _rows.GetDocumentAsync(documentId, cancellationToken);

    public async Task<IndexState> GetStateAsync(string knowledgeBaseId, CancellationToken cancellationToken)
    {
        var snapshot = await Open(knowledgeBaseId).GetSnapshotAsync(cancellationToken);
        return new IndexState(snapshot.Documents, snapshot.Chunks, 0, snapshot.Generation, snapshot.Languages);
    }

    public async Task<ChunkCandidates> SearchAsync(ChunkQuery query, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var snapshot = await Open(query.KnowledgeBaseId).GetSnapshotAsync(cancellationToken);
            var words = new QuestionResolver(snapshot).Resolve(query.Question);
            var places = new WordSearcher(snapshot, words).Search(query.Limit, cancellationToken);
            // A document may be replaced between the two looks. Then both are taken again; under a storm of changes the last
            // attempt takes the version that is there now.
            var keys = places.Select(p => Key(snapshot, p)).ToList();
            var chunks = await _rows.GetChunksAsync(keys, anyVersion: attempt == Attempts, cancellationToken);
            if (chunks.Count < places.Count && attempt < Attempts) continue;
            return Collect(snapshot, words, places, chunks);
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
        }
    }

    public void Dispose()
    {
        foreach (var index in _indexes.Values) index.Dispose();
    }

    private KnowledgeBaseIndex Open(string knowledgeBaseId) =>
        _indexes.GetOrAdd(knowledgeBaseId, id => new KnowledgeBaseIndex(id, Path.Combine(directory, id), _rows, logger));

    private static (Guid Document, long Version, int Ordinal) Key(IndexSnapshot snapshot, ScoredPlace place)
    {
        var segment = snapshot.Views[place.View].Segment;
        return (segment.DocumentIds[place.Document], segment.Versions[place.Document], place.Chunk - segment.FirstChunks[place.Document]);
    }

    private static ChunkCandidates Collect(
        IndexSnapshot snapshot, IReadOnlyList<ResolvedWord> words, List<ScoredPlace> places, IReadOnlyDictionary<(Guid, int), Chunk> chunks)
    {
        var total = words.Sum(w => w.Idf);
        var counts = MatchReader.Read(snapshot, words, places);
        var candidates = new List<ChunkCandidate>(places.Count);
        for (var i = 0; i < places.Count; i++)
        {
            var (document, _, ordinal) = Key(snapshot, places[i]);
            if (!chunks.TryGetValue((document, ordinal), out var chunk)) continue;
            var norm = Bm25.LengthNorm(snapshot.Views[places[i].View].Segment.BodyLengths[places[i].Chunk], snapshot.AverageBodyLength);
            double body = 0, headings = 0, matchedIdf = 0;
            var matched = new List<string>();
            for (var word = 0; word < words.Count; word++)
            {
                var cell = counts[(i * words.Count) + word];
                if (cell.Packed == 0) continue;
                matched.Add(words[word].Text);
                matchedIdf += words[word].Idf;
                body += words[word].Idf * Bm25.Saturate(cell.Body * norm);
                headings += words[word].Idf * Bm25.Saturate((cell.Headings * Bm25.HeadingWeight) + (cell.Title * Bm25.TitleWeight));
            }

            candidates.Add(new ChunkCandidate(chunk, places[i].Score, null, matched)
            {
                BodyScore = body,
                HeadingScore = headings,
                Coverage = total > 0 ? matchedIdf / total : 0,
                DocumentScore = places[i].DocumentScore,
            });
        }

        return new ChunkCandidates(candidates, total, snapshot.Generation)
        {
            Terms = [.. words.Select(word => new QuestionTerm(word.Text, word.Idf, [.. word.Terms.Select(term => Encoding.UTF8.GetString(term))]))],
        };
    }
}
