namespace Chatbot.Core.Chunks;

/// <summary>Finds chunks by words and by vector. Safe for concurrent use, by several processes too.</summary>
public interface IChunkIndex
{
    /// <summary>
    /// Puts a version of a document in place of whatever it had, at once for every reader: no search sees half a document
    /// or two versions. An older version than the one in place changes nothing.
    /// </summary>
    Task ReplaceAsync(string knowledgeBaseId, string documentId, long version, IReadOnlyList<Chunk> chunks, CancellationToken cancellationToken);

    /// <summary>Takes a document out, at once for every reader; one that is not there is no error.</summary>
    Task DeleteAsync(string knowledgeBaseId, string documentId, CancellationToken cancellationToken);

    /// <summary>Finds candidates; see <see cref="ChunkCandidates"/> for their order. Empty when nothing is indexed.</summary>
    Task<ChunkCandidates> SearchAsync(ChunkQuery query, CancellationToken cancellationToken);

    /// <summary>Texts that have no vector yet, the most important first; empty when all have one.</summary>
    /// <param name="most">At most this many, 1 to 1,000.</param>
    Task<IReadOnlyList<PendingText>> GetPendingAsync(int most, CancellationToken cancellationToken);

    /// <summary>Keeps vectors; from then on the chunks with these texts are found by meaning, too. Setting one again changes nothing.</summary>
    Task SetVectorsAsync(IReadOnlyList<TextVector> vectors, CancellationToken cancellationToken);

    /// <summary>Chunks by their places, in no order; those that are not there, or are of another version by now, are left out.</summary>
    /// <param name="places">At most 1,000.</param>
    Task<IReadOnlyList<Chunk>> GetChunksAsync(string knowledgeBaseId, IReadOnlyCollection<ChunkPlace> places, CancellationToken cancellationToken);

    /// <summary>The chunks of a document in their order, of the version that searches find.</summary>
    Task<IReadOnlyList<Chunk>> GetDocumentAsync(string knowledgeBaseId, string documentId, CancellationToken cancellationToken);

    Task<IndexState> GetStateAsync(string knowledgeBaseId, CancellationToken cancellationToken);

    /// <summary>The generation alone: cheap enough to ask with every question. It may be half a second behind what another process did.</summary>
    async Task<long> GetGenerationAsync(string knowledgeBaseId, CancellationToken cancellationToken) =>
        (await GetStateAsync(knowledgeBaseId, cancellationToken)).Generation;
}
