using System.Data.Common;
using Chatbot.Backends.Data;
using Chatbot.Backends.Embedded.Models;
using Chatbot.Core.Chunks;
using Chatbot.Core.Data;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// The chunks of staged documents are rows beside those that searches find, and before the switch they get files, too. The
/// switch is one short transaction that notes which rows and files count, and a search reads its rows and its lists as of one
/// moment: it sees the one index or the other.
/// </summary>
/// <param name="directory">Where the index has its files.</param>
/// <param name="traffic">Searches that go before the writing of files.</param>
internal sealed class IndexBuilds(Database database, string directory, VectorSpaces spaces, SearchTraffic traffic, TimeProvider clock) : IIndexBuilds
{
    // Documents whose rows the first search reads after a switch, some milliseconds' worth.
    private const int MostLate = 20;

    // Documents whose old rows are deleted in one step.
    private const int SweptAtATime = 50;

    private static readonly TimeSpan PauseForTurn = TimeSpan.FromMilliseconds(50);

    public Task<IndexBuild> GetAsync(string knowledgeBaseId, CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            var row = await connection.FirstAsync<BuildRow>(
                """
                SELECT chunker, building, number, started_at, held_at, complete_at, (SELECT COUNT(*) FROM staged_documents WHERE knowledge_base_id = @knowledgeBaseId) AS staged
                FROM index_builds WHERE knowledge_base_id = @knowledgeBaseId
                """,
                With(new { knowledgeBaseId }),
                cancellationToken);
            return row is null ? new IndexBuild(null, null, 0, null) : new IndexBuild(row.Chunker, row.Building, row.Staged, Stored.Time(row.StartedAt), Stored.Time(row.HeldAt), Stored.Time(row.CompleteAt)) { Number = row.Number };
        },
        cancellationToken);

    public async Task<string> MarkAsync(string knowledgeBaseId, string chunker, CancellationToken cancellationToken)
    {
        if (await database.ReadAsync(connection => connection.FirstAsync<string>(
            "SELECT chunker FROM index_builds WHERE knowledge_base_id = @knowledgeBaseId", With(new { knowledgeBaseId }), cancellationToken), cancellationToken) is { } known)
            return known;
        await database.WriteAsync(
            transaction => transaction.RunAsync(
                $"{database.Dialect.InsertOrIgnore} index_builds (knowledge_base_id, chunker) VALUES (@knowledgeBaseId, @chunker)", new { knowledgeBaseId, chunker }, cancellationToken),
            cancellationToken);
        return (await GetAsync(knowledgeBaseId, cancellationToken)).Chunker ?? chunker;
    }

    public async Task<bool> BeginAsync(string knowledgeBaseId, string chunker, bool restart, CancellationToken cancellationToken)
    {
        var begun = await database.WriteAsync(async transaction =>
        {
            var now = clock.Now();
            await transaction.RunAsync(
                $"{database.Dialect.InsertOrIgnore} index_builds (knowledge_base_id, chunker) VALUES (@knowledgeBaseId, @chunker)", new { knowledgeBaseId, chunker }, cancellationToken);
            var isNew = await transaction.RunAsync(
                "UPDATE index_builds SET building = @chunker, number = number + 1, started_at = @now, held_at = NULL, run_id = NULL, complete_at = NULL WHERE knowledge_base_id = @knowledgeBaseId AND (@restart = 1 OR building IS NULL OR building <> @chunker)",
                new { knowledgeBaseId, chunker, now, restart = restart ? 1 : 0 },
                cancellationToken) > 0;
            if (isNew) await transaction.RunAsync("DELETE FROM staged_documents WHERE knowledge_base_id = @knowledgeBaseId", new { knowledgeBaseId }, cancellationToken);
            return isNew;
        }, cancellationToken);
        if (begun) await SweepAsync(knowledgeBaseId, cancellationToken);
        return begun;
    }

    public Task<bool> StageAsync(string knowledgeBaseId, string chunker, StagedDocument document, CancellationToken cancellationToken)
    {
        var rows = document.Chunks.Select(chunk => ChunkRow.Of(knowledgeBaseId, chunk)).ToList();
        return database.WriteAsync(
            async transaction =>
            {
                if (await NumberOfAsync(transaction, knowledgeBaseId, chunker, cancellationToken) is not { } number) return false;
                await transaction.RunAsync(
                    $"""
                    INSERT INTO staged_documents (document_id, knowledge_base_id, version, title, language, note, chunk_count, becomes)
                    VALUES (@DocumentId, @knowledgeBaseId, @Version, @Title, @Language, @Note, @count, NULL)
                    {database.Dialect.OnConflictUpdate("document_id", "version", "title", "language", "note", "chunk_count", "becomes")}
                    """,
                    new { document.DocumentId, knowledgeBaseId, document.Version, document.Title, document.Language, document.Note, count = rows.Count },
                    cancellationToken);
                await transaction.RunAsync("DELETE FROM chunk_rows WHERE document_id = @DocumentId AND build = @number", new { document.DocumentId, number }, cancellationToken);
                await ChunkRow.InsertAsync(transaction, number, rows, cancellationToken);
                await VectorRows.QueueAsync(database, transaction, spaces.Wanted, rows, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    public Task<int> CountMissingVectorsAsync(string knowledgeBaseId, CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            var staged = await CountAsync("chunk_rows c JOIN index_builds b ON b.knowledge_base_id = c.knowledge_base_id AND b.number = c.build AND b.building IS NOT NULL");
            return staged == 0 ? 0 : Math.Max(staged - await CountAsync("chunks c"), 0);

            Task<int> CountAsync(string rows) => connection.FirstAsync<int>(
                $"""
                SELECT COUNT(*) FROM pending_vectors p WHERE p.tries < @Tries
                AND EXISTS (SELECT 1 FROM {rows} WHERE c.text_hash = p.text_hash AND c.knowledge_base_id = @knowledgeBaseId)
                """,
                With(new { knowledgeBaseId, VectorQueue.Tries }), cancellationToken);
        },
        cancellationToken);

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

    public async Task<bool> DropAsync(string knowledgeBaseId, string chunker, CancellationToken cancellationToken)
    {
        var dropped = await database.WriteAsync(async transaction =>
        {
            var isHeld = await transaction.RunAsync(
                "UPDATE index_builds SET building = NULL, started_at = NULL, held_at = NULL, run_id = NULL, complete_at = NULL WHERE knowledge_base_id = @knowledgeBaseId AND building = @chunker AND held_at IS NOT NULL",
                new { knowledgeBaseId, chunker },
                cancellationToken) > 0;
            if (isHeld) await transaction.RunAsync("DELETE FROM staged_documents WHERE knowledge_base_id = @knowledgeBaseId", new { knowledgeBaseId }, cancellationToken);
            return isHeld;
        }, cancellationToken);
        if (dropped) await SweepAsync(knowledgeBaseId, cancellationToken);
        return dropped;
    }

    public Task<IReadOnlyList<StagedDocument>> ListStagedAsync(string knowledgeBaseId, string after, int limit, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<StagedDocument>>(
        async connection =>
        {
            var staged = await connection.ListAsync<StagedRow>(
                """
                SELECT document_id, version, title, language, note FROM staged_documents
                WHERE knowledge_base_id = @knowledgeBaseId AND document_id > @after ORDER BY document_id LIMIT @limit
                """,
                With(new { knowledgeBaseId, after, limit }),
                cancellationToken);
            var chunks = (await connection.ListAsync<ChunkRow>(
                $"""
                SELECT {ChunkRow.RowColumns} FROM chunk_rows c WHERE c.document_id IN @ids
                AND c.build = (SELECT number FROM index_builds WHERE knowledge_base_id = @knowledgeBaseId AND building IS NOT NULL) ORDER BY c.document_id, c.ordinal
                """,
                With(new { ids = staged.ConvertAll(row => row.DocumentId), knowledgeBaseId }),
                cancellationToken)).ToLookup(row => row.DocumentId);
            return staged.ConvertAll(row => new StagedDocument(
                row.DocumentId, row.Version, row.Title, row.Language, row.Note, [.. chunks[row.DocumentId].Select(chunk => chunk.ToChunk() with { Version = row.Version })]));
        },
        cancellationToken);

    public async Task<int?> SwitchAsync(string knowledgeBaseId, long number, CancellationToken cancellationToken)
    {
        var space = spaces.Asked;
        var files = new SegmentFiles(Path.Combine(directory, knowledgeBaseId), space);
        // Nobody else may write files of another index until those of this one are named.
        FileTurn? turn;
        while ((turn = files.TryTakeTurn()) is null) await Task.Delay(PauseForTurn, cancellationToken);
        int? count;
        using (turn)
        {
            if (await GetAsync(knowledgeBaseId, cancellationToken) is not { Building: { } chunker } build || build.Number != number) return null;
            var staged = new StagedFiles(database, new IndexRows(database, space.Model), files, traffic, knowledgeBaseId, number);
            await staged.BeginAsync(cancellationToken);
            bool isDone;
            do
            {
                await staged.WriteAsync(space.Dimensions, cancellationToken);
                // Documents may have been staged again meanwhile.
                (isDone, count) = await database.WriteAsync(transaction => TrySwitchAsync(transaction, knowledgeBaseId, chunker, number, staged.Names, cancellationToken), cancellationToken);
            }
            while (!isDone);

            if (count is not null) files.DeleteOthers(staged.Names);
        }

        await SweepAsync(knowledgeBaseId, cancellationToken);
        return count;
    }

    // Notes alone, of a document each: its rows are there, and so are the files. Copying 100,000 rows here kept other writers waiting for 4.1 s.
    private async Task<(bool IsDone, int? Count)> TrySwitchAsync(
        DbTransaction transaction, string knowledgeBaseId, string chunker, long number, List<string> files, CancellationToken cancellationToken)
    {
        if (await NumberOfAsync(transaction, knowledgeBaseId, chunker, cancellationToken) != number) return (true, null);
        var values = new { knowledgeBaseId, chunker, number, now = clock.Now() };
        var late = await transaction.FirstAsync<int>(
            $"SELECT COUNT(*) FROM {StagedFiles.Becoming} WHERE s.knowledge_base_id = @knowledgeBaseId AND s.becomes IS NULL", With(values), cancellationToken);
        if (late > MostLate) return (false, null);

        // What every process knows of the index up to here is of the other one: the files are a state of their own.
        var generation = await transaction.FirstAsync<long>("INSERT INTO chunk_changes (knowledge_base_id, document_id) VALUES (@knowledgeBaseId, '') RETURNING generation", With(values), cancellationToken);
        await IndexRows.PutCheckpointAsync(database, transaction, knowledgeBaseId, generation, files, cancellationToken);
        // Whatever the files do not have as it will be found is read from the rows: what was staged late, changed since, is gone, or was never staged.
        await RunAsync(
            $"""
            INSERT INTO chunk_changes (knowledge_base_id, document_id)
            SELECT w.knowledge_base_id, w.document_id FROM staged_documents w WHERE w.knowledge_base_id = @knowledgeBaseId
            AND (w.becomes IS NULL OR w.becomes IS NOT (SELECT {StagedFiles.Becomes} FROM {StagedFiles.Becoming} WHERE s.document_id = w.document_id))
            """);
        await RunAsync(
            """
            INSERT INTO chunk_changes (knowledge_base_id, document_id)
            SELECT i.knowledge_base_id, i.document_id FROM indexed_documents i
            WHERE i.knowledge_base_id = @knowledgeBaseId AND NOT EXISTS (SELECT 1 FROM staged_documents s WHERE s.document_id = i.document_id)
            """);

        var count = await RunAsync(
            $"""
            INSERT INTO indexed_documents (document_id, knowledge_base_id, version, build)
            SELECT s.document_id, s.knowledge_base_id, {StagedFiles.Becomes}, @number FROM {StagedFiles.Becoming} WHERE s.knowledge_base_id = @knowledgeBaseId
            {database.Dialect.OnConflictUpdate("document_id", "knowledge_base_id", "version", "build")}
            """);
        await RunAsync(
            """
            UPDATE documents SET version = i.version, indexed_version = i.version, status = 'indexed', title = COALESCE(s.title, documents.title),
                language = COALESCE(s.language, documents.language), error = s.note, chunk_count = s.chunk_count, indexed_at = @now
            FROM staged_documents s JOIN indexed_documents i ON i.document_id = s.document_id AND i.build = @number
            WHERE s.document_id = documents.id AND s.knowledge_base_id = @knowledgeBaseId
            """);
        await RunAsync("DELETE FROM staged_documents WHERE knowledge_base_id = @knowledgeBaseId");
        await RunAsync("UPDATE index_builds SET chunker = @chunker, building = NULL, started_at = NULL, held_at = NULL, run_id = NULL, complete_at = NULL WHERE knowledge_base_id = @knowledgeBaseId");
        return (true, count);

        Task<int> RunAsync(string sql) => transaction.RunAsync(sql, values, cancellationToken);
    }

    /// <summary>Deletes rows that are of neither the index nor one that is being built, in short steps. What a crash leaves goes with the next build.</summary>
    private async Task SweepAsync(string knowledgeBaseId, CancellationToken cancellationToken)
    {
        for (var after = ""; ;)
        {
            var some = await database.ReadAsync(
                connection => connection.ListAsync<string>(
                    $"SELECT DISTINCT document_id FROM chunk_rows WHERE knowledge_base_id = @knowledgeBaseId AND document_id > @after ORDER BY document_id LIMIT {SweptAtATime}",
                    With(new { knowledgeBaseId, after }),
                    cancellationToken),
                cancellationToken);
            if (some.Count == 0) return;
            await database.WriteAsync(
                transaction => transaction.RunAsync(
                    """
                    DELETE FROM chunk_rows WHERE document_id IN @some
                    AND build <> COALESCE((SELECT i.build FROM indexed_documents i WHERE i.document_id = chunk_rows.document_id), -1)
                    AND build NOT IN (SELECT number FROM index_builds WHERE knowledge_base_id = @knowledgeBaseId AND building IS NOT NULL)
                    """,
                    new { knowledgeBaseId, some },
                    cancellationToken),
                cancellationToken);
            after = some[^1];
        }
    }

    /// <returns>Of the index that is being built with such chunks; null when none is.</returns>
    private static Task<long?> NumberOfAsync(DbTransaction transaction, string knowledgeBaseId, string chunker, CancellationToken cancellationToken) =>
        transaction.FirstAsync<long?>(
            "SELECT number FROM index_builds WHERE knowledge_base_id = @knowledgeBaseId AND building = @chunker", With(new { knowledgeBaseId, chunker }), cancellationToken);

    private sealed class BuildRow
    {
        public string Chunker { get; set; } = "";

        public string? Building { get; set; }

        public long Number { get; set; }

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
    }
}
