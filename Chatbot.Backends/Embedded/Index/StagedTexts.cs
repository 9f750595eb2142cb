using System.Data.Common;
using Chatbot.Backends.Data;
using Chatbot.Core.Chunks;
using Chatbot.Core.Data;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>The texts of indexes that are being built that have no vector yet. They wait in the same queue as those of the index that searches find.</summary>
internal static class StagedTexts
{
    /// <summary>Puts those of a document in place of what it had, and lets them wait for their vectors.</summary>
    public static async Task PutAsync(
        Database database, DbTransaction transaction, string model, string knowledgeBaseId, string documentId, IReadOnlyList<Chunk> chunks, CancellationToken cancellationToken)
    {
        await transaction.RunAsync("DELETE FROM staged_texts WHERE document_id = @documentId", new { documentId }, cancellationToken);
        var waiting = new List<ChunkRow>();
        foreach (var chunk in chunks)
        {
            var row = ChunkRow.Of(knowledgeBaseId, chunk);
            var isNew = await transaction.RunAsync(
                $"""
                {database.Dialect.InsertOrIgnore} staged_texts (document_id, text_hash, knowledge_base_id, text)
                SELECT @documentId, @TextHash, @knowledgeBaseId, @text WHERE NOT EXISTS (SELECT 1 FROM embeddings WHERE text_hash = @TextHash AND model = @model)
                """,
                new { documentId, row.TextHash, knowledgeBaseId, text = EmbeddingText.Of(chunk), model }, cancellationToken) > 0;
            if (isNew) waiting.Add(row);
        }

        await VectorRows.QueueAsync(database, transaction, model, waiting, cancellationToken);
    }

    /// <inheritdoc cref="IIndexBuilds.CountMissingVectorsAsync"/>
    public static async Task<int> CountMissingAsync(DbConnection connection, string knowledgeBaseId, CancellationToken cancellationToken)
    {
        var staged = await connection.FirstAsync<int>(
            """
            SELECT COUNT(*) FROM pending_vectors p WHERE p.tries < @Tries
            AND EXISTS (SELECT 1 FROM staged_texts s WHERE s.text_hash = p.text_hash AND s.knowledge_base_id = @knowledgeBaseId)
            """,
            new { knowledgeBaseId, VectorQueue.Tries }, cancellationToken);
        if (staged == 0) return 0;
        var found = await connection.FirstAsync<int>(
            """
            SELECT COUNT(*) FROM pending_vectors p WHERE p.tries < @Tries
            AND EXISTS (SELECT 1 FROM chunks c WHERE c.text_hash = p.text_hash AND c.knowledge_base_id = @knowledgeBaseId)
            """,
            new { knowledgeBaseId, VectorQueue.Tries }, cancellationToken);
        return Math.Max(staged - found, 0);
    }

    /// <returns>The texts of these hashes that stand in an index or in one that is being built, in the order of the hashes.</returns>
    public static async Task<List<PendingText>> ReadAsync(DbConnection connection, IReadOnlyList<string> hashes, CancellationToken cancellationToken)
    {
        var rows = await connection.ListAsync<ChunkRow>($"SELECT {ChunkRow.Columns} FROM chunks c WHERE c.text_hash IN @hashes", new { hashes }, cancellationToken);
        var texts = rows.DistinctBy(row => row.TextHash).ToDictionary(row => row.TextHash!, row => EmbeddingText.Of(row.ToChunk()));
        var missing = hashes.Where(hash => !texts.ContainsKey(hash)).ToList();
        if (missing.Count > 0)
        {
            foreach (var (hash, text) in await connection.ListAsync<(string Hash, string Text)>(
                "SELECT text_hash, text FROM staged_texts WHERE text_hash IN @missing", new { missing }, cancellationToken)) texts.TryAdd(hash, text);
        }

        return [.. hashes.Where(texts.ContainsKey).Select(hash => new PendingText(hash, texts[hash]))];
    }
}
