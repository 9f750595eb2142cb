using System.Data.Common;
using System.Text.Json;
using Chatbot.Backends.Data;
using Chatbot.Backends.Embedded.Models;
using Chatbot.Core;
using Chatbot.Core.Chunks;
using Chatbot.Core.Data;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// Staged documents are rows with all of their chunks. The switch is one transaction, and a search reads its rows and its
/// lists as of one moment: it sees the one index or the other.
/// </summary>
internal sealed class IndexBuilds(Database database, VectorSpaces spaces, TimeProvider clock) : IIndexBuilds
{
    // Documents in memory at once while switching.
    private const int AtATime = 50;

    public Task<IndexBuild> GetAsync(string knowledgeBaseId, CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            var row = await connection.FirstAsync<BuildRow>(
                """
                SELECT chunker, building, started_at, held_at, complete_at, (SELECT COUNT(*) FROM staged_documents WHERE knowledge_base_id = @knowledgeBaseId) AS staged
                FROM index_builds WHERE knowledge_base_id = @knowledgeBaseId
                """,
                new { knowledgeBaseId },
                cancellationToken);
            return row is null ? new IndexBuild(null, null, 0, null) : new IndexBuild(row.Chunker, row.Building, row.Staged, Stored.Time(row.StartedAt), Stored.Time(row.HeldAt), Stored.Time(row.CompleteAt));
        },
        cancellationToken);

    public async Task<string> MarkAsync(string knowledgeBaseId, string chunker, CancellationToken cancellationToken)
    {
        if (await database.ReadAsync(connection => connection.FirstAsync<string>(
            "SELECT chunker FROM index_builds WHERE knowledge_base_id = @knowledgeBaseId", new { knowledgeBaseId }, cancellationToken), cancellationToken) is { } known)
            return known;
        await database.WriteAsync(
            transaction => transaction.RunAsync(
                $"{database.Dialect.InsertOrIgnore} index_builds (knowledge_base_id, chunker) VALUES (@knowledgeBaseId, @chunker)", new { knowledgeBaseId, chunker }, cancellationToken),
            cancellationToken);
        return (await GetAsync(knowledgeBaseId, cancellationToken)).Chunker ?? chunker;
    }

    public Task<bool> BeginAsync(string knowledgeBaseId, string chunker, bool restart, CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            var now = clock.Now();
            await transaction.RunAsync(
                $"{database.Dialect.InsertOrIgnore} index_builds (knowledge_base_id, chunker) VALUES (@knowledgeBaseId, @chunker)", new { knowledgeBaseId, chunker }, cancellationToken);
            var begun = await transaction.RunAsync(
                "UPDATE index_builds SET building = @chunker, started_at = @now, held_at = NULL, run_id = NULL, complete_at = NULL WHERE knowledge_base_id = @knowledgeBaseId AND (@restart = 1 OR building IS NULL OR building <> @chunker)",
                new { knowledgeBaseId, chunker, now, restart = restart ? 1 : 0 },
                cancellationToken) > 0;
            if (begun) await ForgetAsync(transaction, knowledgeBaseId, cancellationToken);
            return begun;
        },
        cancellationToken);

    public Task<bool> StageAsync(string knowledgeBaseId, string chunker, StagedDocument document, CancellationToken cancellationToken)
    {
        var chunks = Compression.Compress(JsonSerializer.SerializeToUtf8Bytes(document.Chunks, BackendsJson.Default.IReadOnlyListChunk));
        return database.WriteAsync(
            async transaction =>
            {
                var isStaged = await transaction.RunAsync(
                $"""
                INSERT INTO staged_documents (document_id, knowledge_base_id, version, title, language, note, chunks)
                SELECT @DocumentId, knowledge_base_id, @Version, @Title, @Language, @Note, @chunks FROM index_builds
                WHERE knowledge_base_id = @knowledgeBaseId AND building = @chunker
                {database.Dialect.OnConflictUpdate("document_id", "version", "title", "language", "note", "chunks")}
                """,
                new { document.DocumentId, knowledgeBaseId, document.Version, document.Title, document.Language, document.Note, chunks, chunker },
                cancellationToken) > 0;
                if (isStaged) await StagedTexts.PutAsync(database, transaction, spaces.Wanted, knowledgeBaseId, document.DocumentId, document.Chunks, cancellationToken);
                return isStaged;
            },
            cancellationToken);
    }

    public Task<int> CountMissingVectorsAsync(string knowledgeBaseId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => StagedTexts.CountMissingAsync(connection, knowledgeBaseId, cancellationToken), cancellationToken);

    public async Task<bool> CompleteAsync(string knowledgeBaseId, string chunker, CancellationToken cancellationToken) => await database.WriteAsync(
        transaction => transaction.RunAsync(
            "UPDATE index_builds SET complete_at = @now WHERE knowledge_base_id = @knowledgeBaseId AND building = @chunker", new { knowledgeBaseId, chunker, now = clock.Now() }, cancellationToken),
        cancellationToken) > 0;

    public async Task<IReadOnlyList<CompleteBuild>> ListCompleteAsync(CancellationToken cancellationToken) => (await database.ReadAsync(
        connection => connection.ListAsync<CompleteRow>(
            "SELECT knowledge_base_id, building, complete_at FROM index_builds WHERE building IS NOT NULL AND complete_at IS NOT NULL AND held_at IS NULL", null, cancellationToken),
        cancellationToken)).ConvertAll(row => new CompleteBuild(row.KnowledgeBaseId, row.Building, Stored.Time(row.CompleteAt)));

    public async Task<bool> HoldAsync(string knowledgeBaseId, string chunker, CancellationToken cancellationToken) => await database.WriteAsync(
        transaction => transaction.RunAsync(
            "UPDATE index_builds SET held_at = @now WHERE knowledge_base_id = @knowledgeBaseId AND building = @chunker AND held_at IS NULL", new { knowledgeBaseId, chunker, now = clock.Now() }, cancellationToken),
        cancellationToken) > 0;

    public async Task<IReadOnlyList<HeldBuild>> ListHeldAsync(CancellationToken cancellationToken) => (await database.ReadAsync(
        connection => connection.ListAsync<HeldRow>(
            "SELECT knowledge_base_id, building, held_at, run_id FROM index_builds WHERE building IS NOT NULL AND held_at IS NOT NULL ORDER BY held_at", null, cancellationToken),
        cancellationToken)).ConvertAll(row => new HeldBuild(row.KnowledgeBaseId, row.Building, Stored.Time(row.HeldAt), row.RunId));

    public Task AssignAsync(string knowledgeBaseId, string chunker, string runId, CancellationToken cancellationToken) => database.WriteAsync(
        transaction => transaction.RunAsync(
            "UPDATE index_builds SET run_id = @runId WHERE knowledge_base_id = @knowledgeBaseId AND building = @chunker", new { knowledgeBaseId, chunker, runId }, cancellationToken),
        cancellationToken);

    public Task<bool> DropAsync(string knowledgeBaseId, string chunker, CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            var isHeld = await transaction.RunAsync(
                "UPDATE index_builds SET building = NULL, started_at = NULL, held_at = NULL, run_id = NULL, complete_at = NULL WHERE knowledge_base_id = @knowledgeBaseId AND building = @chunker AND held_at IS NOT NULL",
                new { knowledgeBaseId, chunker },
                cancellationToken) > 0;
            if (isHeld) await ForgetAsync(transaction, knowledgeBaseId, cancellationToken);
            return isHeld;
        },
        cancellationToken);

    public Task<IReadOnlyList<StagedDocument>> ListStagedAsync(string knowledgeBaseId, string after, int limit, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<StagedDocument>>(
        async connection => (await connection.ListAsync<StagedRow>(
            """
            SELECT document_id, version, title, language, note, chunks FROM staged_documents
            WHERE knowledge_base_id = @knowledgeBaseId AND document_id > @after ORDER BY document_id LIMIT @limit
            """,
            new { knowledgeBaseId, after, limit },
            cancellationToken)).ConvertAll(row => new StagedDocument(
                row.DocumentId, row.Version, row.Title, row.Language, row.Note, JsonSerializer.Deserialize(Compression.Decompress(row.Chunks), BackendsJson.Default.IReadOnlyListChunk) ?? [])),
        cancellationToken);

    public Task<int?> SwitchAsync(string knowledgeBaseId, string chunker, CancellationToken cancellationToken) => database.WriteAsync<int?>(
        async transaction =>
        {
            var building = await transaction.FirstAsync<string>("SELECT building FROM index_builds WHERE knowledge_base_id = @knowledgeBaseId", new { knowledgeBaseId }, cancellationToken);
            if (building != chunker) return null;
            var count = 0;
            for (var after = ""; ;)
            {
                var some = await transaction.ListAsync<StagedRow>(
                    $"""
                    SELECT document_id, version, title, language, note, chunks FROM staged_documents
                    WHERE knowledge_base_id = @knowledgeBaseId AND document_id > @after ORDER BY document_id LIMIT {AtATime}
                    """,
                    new { knowledgeBaseId, after },
                    cancellationToken);
                foreach (var row in some)
                    if (await ReplaceAsync(transaction, knowledgeBaseId, row, cancellationToken)) count++;
                if (some.Count < AtATime) break;
                after = some[^1].DocumentId;
            }

            await ForgetAsync(transaction, knowledgeBaseId, cancellationToken);
            await transaction.RunAsync(
                "UPDATE index_builds SET chunker = @chunker, building = NULL, started_at = NULL, held_at = NULL, run_id = NULL, complete_at = NULL WHERE knowledge_base_id = @knowledgeBaseId", new { knowledgeBaseId, chunker }, cancellationToken);
            return count;
        },
        cancellationToken);

    private static async Task ForgetAsync(DbTransaction transaction, string knowledgeBaseId, CancellationToken cancellationToken)
    {
        await transaction.RunAsync("DELETE FROM staged_documents WHERE knowledge_base_id = @knowledgeBaseId", new { knowledgeBaseId }, cancellationToken);
        await transaction.RunAsync("DELETE FROM staged_texts WHERE knowledge_base_id = @knowledgeBaseId", new { knowledgeBaseId }, cancellationToken);
    }

    private async Task<bool> ReplaceAsync(DbTransaction transaction, string knowledgeBaseId, StagedRow row, CancellationToken cancellationToken)
    {
        var chunks = JsonSerializer.Deserialize(Compression.Decompress(row.Chunks), BackendsJson.Default.IReadOnlyListChunk) ?? [];
        // One that waited for this index has its version; one that is found already gets the next, so that no reader takes its old chunks for the new ones.
        var isThere = await transaction.RunAsync(
            """
            UPDATE documents SET version = CASE WHEN status = 'indexed' THEN version + 1 ELSE version END, indexed_version = CASE WHEN status = 'indexed' THEN version + 1 ELSE version END,
                status = 'indexed', title = COALESCE(@Title, title), language = COALESCE(@Language, language), error = @Note, chunk_count = @count, indexed_at = @now
            WHERE id = @DocumentId AND version = @Version AND status IN ('indexed', 'pending')
            """,
            new { row.DocumentId, row.Version, row.Title, row.Language, row.Note, count = chunks.Count, now = clock.Now() },
            cancellationToken) > 0;
        if (!isThere) return false;
        var version = await transaction.FirstAsync<long>("SELECT version FROM documents WHERE id = @DocumentId", new { row.DocumentId }, cancellationToken);
        await IndexRows.PutAsync(database, transaction, spaces.Wanted, knowledgeBaseId, row.DocumentId, version, [.. chunks.Select(chunk => chunk with { Version = version })], cancellationToken);
        return true;
    }

    private sealed class BuildRow
    {
        public string Chunker { get; set; } = "";

        public string? Building { get; set; }

        public long? StartedAt { get; set; }

        public long? HeldAt { get; set; }

        public long? CompleteAt { get; set; }

        public int Staged { get; set; }
    }

    private sealed class CompleteRow
    {
        public string KnowledgeBaseId { get; set; } = "";

        public string Building { get; set; } = "";

        public long CompleteAt { get; set; }
    }

    private sealed class HeldRow
    {
        public string KnowledgeBaseId { get; set; } = "";

        public string Building { get; set; } = "";

        public long HeldAt { get; set; }

        public string? RunId { get; set; }
    }

    private sealed class StagedRow
    {
        public string DocumentId { get; set; } = "";

        public long Version { get; set; }

        public string? Title { get; set; }

        public string? Language { get; set; }

        public string? Note { get; set; }

        public byte[] Chunks { get; set; } = [];
    }
}
