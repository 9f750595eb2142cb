using System.Data.Common;
using System.Text.Json;
using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Core.Chunks;
using Chatbot.Core.Data;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>The chunks as rows: the truth from which segments are made, and the log of what changed.</summary>
/// <param name="model">Whose vectors count.</param>
internal sealed class IndexRows(Database database, string model)
{
    /// <returns>The number of the change; null when a newer version is in place.</returns>
    public async Task<long?> ReplaceAsync(string knowledgeBaseId, string documentId, long version, IReadOnlyList<Chunk> chunks, CancellationToken cancellationToken) =>
        await database.WriteAsync(async transaction =>
        {
            var indexed = await transaction.FirstAsync<long?>(
                "SELECT version FROM indexed_documents WHERE document_id = @documentId", With(new { documentId }), cancellationToken);
            return indexed > version ? null : (long?)await PutAsync(database, transaction, model, knowledgeBaseId, documentId, version, chunks, cancellationToken);
        }, cancellationToken);

    /// <summary>Puts a version of a document in place of whatever it had.</summary>
    /// <returns>The number of the change.</returns>
    public static async Task<long> PutAsync(
        Database database, DbTransaction transaction, string model, string knowledgeBaseId, string documentId, long version, IReadOnlyList<Chunk> chunks,
        CancellationToken cancellationToken)
    {
        var rows = chunks.Select(c => ChunkRow.Of(knowledgeBaseId, c)).ToList();
        var build = await transaction.FirstAsync<long?>("SELECT build FROM indexed_documents WHERE document_id = @documentId", With(new { documentId }), cancellationToken) ?? 0;
        // All but those of an index that is being built: some may be left of the one before this one.
        await transaction.RunAsync(
            "DELETE FROM chunk_rows WHERE document_id = @documentId AND build NOT IN (SELECT number FROM index_builds WHERE knowledge_base_id = @knowledgeBaseId AND building IS NOT NULL)",
            new { documentId, knowledgeBaseId },
            cancellationToken);
        await ChunkRow.InsertAsync(transaction, build, rows, cancellationToken);
        await VectorRows.QueueAsync(database, transaction, model, rows, cancellationToken);
        await transaction.RunAsync(
            "INSERT INTO indexed_documents (document_id, knowledge_base_id, version, build) VALUES (@documentId, @knowledgeBaseId, @version, @build)"
            + database.Dialect.OnConflictUpdate("document_id", "knowledge_base_id", "version", "build"),
            new { documentId, knowledgeBaseId, version, build }, cancellationToken);
        return await LogChangeAsync(transaction, knowledgeBaseId, documentId, cancellationToken);
    }

    public async Task DeleteAsync(string knowledgeBaseId, string documentId, CancellationToken cancellationToken) =>
        await database.WriteAsync(async transaction =>
        {
            // The files of an index that is being built may have it: what is staged stays as one that does not take part any more.
            await transaction.RunAsync("UPDATE staged_documents SET version = -1, chunk_count = 0 WHERE document_id = @documentId", new { documentId }, cancellationToken);
            await transaction.RunAsync("DELETE FROM chunk_rows WHERE document_id = @documentId", new { documentId }, cancellationToken);
            var there = await transaction.RunAsync("DELETE FROM indexed_documents WHERE document_id = @documentId", new { documentId }, cancellationToken);
            if (there == 0) return;
            await LogChangeAsync(transaction, knowledgeBaseId, documentId, cancellationToken);
        }, cancellationToken);

    public async Task<IReadOnlyList<Chunk>> GetDocumentAsync(string documentId, CancellationToken cancellationToken) =>
        await database.ReadAsync(async connection => (await connection.ListAsync<ChunkRow>(
            $"SELECT {ChunkRow.Columns} FROM chunks c WHERE c.document_id = @documentId ORDER BY c.ordinal", With(new { documentId }), cancellationToken)).Select(r => r.ToChunk()).ToList(), cancellationToken);

    /// <summary>Runs reads that see the rows of one moment.</summary>
    public Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken) => database.ReadAsync(work, cancellationToken);

    /// <summary>How far a knowledge base's rows, its files and all vectors are.</summary>
    public static async Task<IndexProgress> GetProgressAsync(DbConnection connection, string knowledgeBaseId, CancellationToken cancellationToken)
    {
        // By hand: every search asks this first.
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT COALESCE((SELECT MAX(generation) FROM chunk_changes WHERE knowledge_base_id = @knowledgeBaseId), 0),
                   COALESCE((SELECT generation FROM index_checkpoints WHERE knowledge_base_id = @knowledgeBaseId), 0),
                   COALESCE((SELECT MAX(number) FROM embeddings), 0)
            """;
        command.AddParameter("knowledgeBaseId", knowledgeBaseId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var checkpoint = reader.GetInt64(1);
        return new IndexProgress(Math.Max(reader.GetInt64(0), checkpoint), checkpoint, reader.GetInt64(2));
    }

    /// <summary>Documents that changed after a generation, each with its last change; the earliest first.</summary>
    /// <param name="most">Changes to look at.</param>
    public static async Task<IReadOnlyList<(long Generation, string DocumentId)>> GetChangesAsync(
        DbConnection connection, string knowledgeBaseId, long after, int most, CancellationToken cancellationToken)
    {
        var changes = await connection.ListAsync<(long Generation, string DocumentId)>(
            """
            SELECT generation, document_id FROM chunk_changes
            WHERE knowledge_base_id = @knowledgeBaseId AND generation > @after ORDER BY generation LIMIT @most
            """, With(new { knowledgeBaseId, after, most }), cancellationToken);
        var last = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (generation, id) in changes) last[id] = generation;
        return changes.FindAll(change => last[change.DocumentId] == change.Generation);
    }

    /// <summary>Documents with their chunks as they are now; none: it is gone.</summary>
    public async Task<IReadOnlyList<ChangedDocument>> ReadDocumentsAsync(DbConnection connection, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) return [];
        var versions = (await connection.ListAsync<(string Id, long Version)>(
            "SELECT document_id, version FROM indexed_documents WHERE document_id IN @ids", With(new { ids }), cancellationToken)).ToDictionary(v => v.Id, v => v.Version);
        var rows = (await connection.ListAsync<ChunkRow>(
            $"""
            SELECT {ChunkRow.Columns}, e.vector AS Vector FROM chunks c LEFT JOIN embeddings e ON e.text_hash = c.text_hash AND e.model = @model
            WHERE c.document_id IN @ids ORDER BY c.document_id, c.ordinal
            """, With(new { ids, model }), cancellationToken)).ToLookup(r => r.DocumentId);
        return [.. ids.Select(id => new ChangedDocument(
            Guid.Parse(id), versions.GetValueOrDefault(id), [.. rows[id].Select(r => r.ToChunk())], [.. rows[id].Select(r => r.Vector)]))];
    }

    /// <summary>Documents of an index that is being built, with the vectors that their texts have.</summary>
    /// <param name="versions">Of each document from the switch on.</param>
    public async Task<IReadOnlyList<ChangedDocument>> ReadStagedAsync(
        DbConnection connection, long build, IReadOnlyDictionary<string, long> versions, CancellationToken cancellationToken)
    {
        var rows = (await connection.ListAsync<ChunkRow>(
            $"""
            SELECT {ChunkRow.RowColumns}, e.vector AS Vector FROM chunk_rows c LEFT JOIN embeddings e ON e.text_hash = c.text_hash AND e.model = @model
            WHERE c.document_id IN @ids AND c.build = @build ORDER BY c.document_id, c.ordinal
            """, With(new { ids = versions.Keys, build, model }), cancellationToken)).ToLookup(r => r.DocumentId);
        return [.. versions.Select(v => new ChangedDocument(Guid.Parse(v.Key), v.Value, [.. rows[v.Key].Select(r => r.ToChunk())], [.. rows[v.Key].Select(r => r.Vector)]))];
    }

    /// <summary>Chunks by document and ordinal; one that was replaced by another version is missing.</summary>
    public Task<IReadOnlyDictionary<(Guid Document, int Ordinal), ChunkRow>> GetChunksAsync(
        IReadOnlyList<(Guid Document, long Version, int Ordinal)> wanted, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => ChunkReader.ReadAsync(connection, wanted, cancellationToken), cancellationToken);

    /// <summary>The files that hold a knowledge base up to a generation.</summary>
    public static async Task<(long Generation, IReadOnlyList<string> Files)> GetCheckpointAsync(
        DbConnection connection, string knowledgeBaseId, CancellationToken cancellationToken)
    {
        var rows = await connection.ListAsync<(long Generation, string Files)>(
            "SELECT generation, files FROM index_checkpoints WHERE knowledge_base_id = @knowledgeBaseId", With(new { knowledgeBaseId }), cancellationToken);
        return rows is [var r] ? (r.Generation, JsonSerializer.Deserialize(r.Files, CoreJson.Default.ListString) ?? []) : (0L, []);
    }

    /// <summary>Makes a set of segment files the state up to a generation; the log up to there is no longer needed.</summary>
    public Task SetCheckpointAsync(string knowledgeBaseId, long generation, List<string> files, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => PutCheckpointAsync(database, transaction, knowledgeBaseId, generation, files, cancellationToken), cancellationToken);

    /// <inheritdoc cref="SetCheckpointAsync"/>
    public static async Task PutCheckpointAsync(
        Database database, DbTransaction transaction, string knowledgeBaseId, long generation, List<string> files, CancellationToken cancellationToken)
    {
        await transaction.RunAsync(
            "INSERT INTO index_checkpoints (knowledge_base_id, generation, files) VALUES (@knowledgeBaseId, @generation, @files)"
            + database.Dialect.OnConflictUpdate("knowledge_base_id", "generation", "files"),
            new { knowledgeBaseId, generation, files = JsonSerializer.Serialize(files, CoreJson.Default.ListString) }, cancellationToken);
        await transaction.RunAsync(
            "DELETE FROM chunk_changes WHERE knowledge_base_id = @knowledgeBaseId AND generation <= @generation",
            new { knowledgeBaseId, generation }, cancellationToken);
    }

    /// <summary>Forgets the checkpoint and logs every indexed document as changed: the way back from lost or damaged files.</summary>
    public async Task StartOverAsync(string knowledgeBaseId, CancellationToken cancellationToken) =>
        await database.WriteAsync(async transaction =>
        {
            await transaction.RunAsync("DELETE FROM index_checkpoints WHERE knowledge_base_id = @knowledgeBaseId", new { knowledgeBaseId }, cancellationToken);
            await transaction.RunAsync("DELETE FROM chunk_changes WHERE knowledge_base_id = @knowledgeBaseId", new { knowledgeBaseId }, cancellationToken);
            await transaction.RunAsync(
                """
                INSERT INTO chunk_changes (knowledge_base_id, document_id)
                SELECT knowledge_base_id, document_id FROM indexed_documents WHERE knowledge_base_id = @knowledgeBaseId
                """, new { knowledgeBaseId }, cancellationToken);
        }, cancellationToken);

    public async Task<IReadOnlyList<string>> ListKnowledgeBasesAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(async connection => (await connection.ListAsync<string>("SELECT id FROM knowledge_bases", null, cancellationToken)).ToList(), cancellationToken);

    private static Task<long> LogChangeAsync(DbTransaction transaction, string knowledgeBaseId, string documentId, CancellationToken cancellationToken) =>
        transaction.FirstAsync<long>(
            "INSERT INTO chunk_changes (knowledge_base_id, document_id) VALUES (@knowledgeBaseId, @documentId) RETURNING generation",
            With(new { knowledgeBaseId, documentId }), cancellationToken);
}

/// <summary>A document that changed. No chunks: it is gone, or has no text.</summary>
/// <param name="Vectors">Of each chunk in half-precision floats, null where there is none yet.</param>
internal sealed record ChangedDocument(Guid Id, long Version, IReadOnlyList<Chunk> Chunks, IReadOnlyList<byte[]?> Vectors);

/// <summary>How far an index is.</summary>
/// <param name="Generation">The last change of the knowledge base.</param>
/// <param name="Checkpoint">The last change that its files hold.</param>
/// <param name="Vector">The number of the newest vector of all.</param>
internal readonly record struct IndexProgress(long Generation, long Checkpoint, long Vector);
