using System.Data.Common;
using System.Text.RegularExpressions;
using Chatbot.Backends.Data;
using Chatbot.Core.Chunks;
using Chatbot.Core.Data;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>Vectors as rows, and which texts still wait for theirs.</summary>
internal sealed partial class VectorRows(Database database, string model)
{
    /// <summary>Notes which texts of a document need a vector. Texts that have one from before, under whatever URL, need none.</summary>
    public static async Task QueueAsync(Database database, DbTransaction transaction, string model, IReadOnlyList<ChunkRow> rows, CancellationToken cancellationToken)
    {
        await transaction.RunEachAsync(
            $"""
            {database.Dialect.InsertOrIgnore} pending_vectors (text_hash, knowledge_base_id, rank)
            SELECT @TextHash, @KnowledgeBaseId, @rank WHERE NOT EXISTS (SELECT 1 FROM embeddings WHERE text_hash = @TextHash AND model = @model)
            """,
            rows.Select(row => new { row.TextHash, row.KnowledgeBaseId, rank = RankOf(row), model }), cancellationToken);
    }

    /// <summary>Texts of a knowledge base that the model failed on.</summary>
    public Task<int> CountParkedAsync(string knowledgeBaseId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.FirstAsync<int>(
            "SELECT COUNT(*) FROM pending_vectors WHERE knowledge_base_id = @knowledgeBaseId AND tries >= @Tries", With(new { knowledgeBaseId, VectorQueue.Tries }), cancellationToken), cancellationToken);

    /// <summary>Texts without a vector, the most important first. Those that no chunk has any more are forgotten on the way.</summary>
    public async Task<IReadOnlyList<PendingText>> GetPendingAsync(int most, CancellationToken cancellationToken)
    {
        while (true)
        {
            var hashes = await database.ReadAsync(async connection => (await connection.ListAsync<string>(
                "SELECT text_hash FROM pending_vectors WHERE tries < @Tries ORDER BY rank LIMIT @most", With(new { most, VectorQueue.Tries }), cancellationToken)).ToList(), cancellationToken);
            if (hashes.Count == 0) return [];
            var texts = await database.ReadAsync(connection => ReadTextsAsync(connection, hashes, cancellationToken), cancellationToken);
            if (texts.Count > 0) return texts;
            await database.WriteAsync(t => t.RunAsync("DELETE FROM pending_vectors WHERE text_hash IN @hashes", new { hashes }, cancellationToken), cancellationToken);
        }
    }

    /// <returns>The texts of these hashes that stand in an index or in one that is being built, in the order of the hashes.</returns>
    public static async Task<List<PendingText>> ReadTextsAsync(DbConnection connection, IReadOnlyList<string> hashes, CancellationToken cancellationToken)
    {
        var rows = await connection.ListAsync<ChunkRow>($"SELECT {ChunkRow.RowColumns} FROM chunk_rows c WHERE c.text_hash IN @hashes", With(new { hashes }), cancellationToken);
        var texts = rows.DistinctBy(row => row.TextHash).ToDictionary(row => row.TextHash!, row => EmbeddingText.Of(row.ToChunk()));
        return [.. hashes.Where(texts.ContainsKey).Select(hash => new PendingText(hash, texts[hash]))];
    }

    /// <param name="wanted">Texts that have a vector of this model do not wait any more.</param>
    public async Task SetAsync(IReadOnlyList<TextVector> vectors, string wanted, CancellationToken cancellationToken) =>
        await database.WriteAsync(async transaction =>
        {
            await transaction.RunEachAsync(
                $"{database.Dialect.InsertOrIgnore} embeddings (model, text_hash, vector) VALUES (@maker, @TextHash, @bytes)",
                vectors.Select(vector => new { maker = vector.Model ?? model, vector.TextHash, bytes = HalfVector.ToBytes(vector.Vector.Span) }), cancellationToken);
            await transaction.RunEachAsync(
                "DELETE FROM pending_vectors WHERE text_hash = @TextHash",
                vectors.Where(vector => (vector.Model ?? model) == wanted).Select(vector => new { vector.TextHash }), cancellationToken);
        }, cancellationToken);

    /// <summary>Vectors of a knowledge base that came after a number, at most <paramref name="most"/>, with the chunks they belong to.</summary>
    public async Task<IReadOnlyList<VectorRow>> GetNewAsync(
        DbConnection connection, string knowledgeBaseId, long after, int most, CancellationToken cancellationToken)
    {
        return (await connection.ListAsync<VectorRow>(
            """
            SELECT e.number AS Number, i.document_id AS DocumentId, i.version AS Version, c.ordinal AS Ordinal, e.vector AS Vector
            FROM (SELECT number, text_hash, vector FROM embeddings WHERE model = @model AND number > @after ORDER BY number LIMIT @most) e
            LEFT JOIN chunk_rows c ON c.text_hash = e.text_hash AND c.knowledge_base_id = @knowledgeBaseId
            LEFT JOIN indexed_documents i ON i.document_id = c.document_id AND i.build = c.build
            ORDER BY e.number
            """, With(new { model, after, most, knowledgeBaseId }), cancellationToken)).ToList();
    }

    /// <summary>The vectors that documents have.</summary>
    public async Task<IReadOnlyList<VectorRow>> GetOfDocumentsAsync(DbConnection connection, IReadOnlyList<string> ids, CancellationToken cancellationToken) => ids.Count == 0
        ? []
        : await connection.ListAsync<VectorRow>(
            """
            SELECT e.number AS Number, c.document_id AS DocumentId, c.version AS Version, c.ordinal AS Ordinal, e.vector AS Vector
            FROM chunks c JOIN embeddings e ON e.text_hash = c.text_hash AND e.model = @model
            WHERE c.document_id IN @ids
            """, With(new { ids, model }), cancellationToken);

    /// <summary>Its turn among the texts that wait, the lowest first: pages near the root, pages of questions and answers, and the beginnings of pages are asked about most.</summary>
    public static int RankOf(ChunkRow row)
    {
        var depth = Uri.TryCreate(row.Url, UriKind.Absolute, out var url) ? url.Segments.Length : 1;
        var place = IsQuestions(row.Url) || IsQuestions(row.Title) ? 1 : Math.Min(depth, 10);
        return Math.Min(row.Ordinal, 50) + (10 * place);
    }

    private static bool IsQuestions(string? name) => name is not null && QuestionPages().IsMatch(name);

    [GeneratedRegex(@"\bfaqs?\b|frequently[ _-]asked|häufige[ _-]fragen|haeufige-fragen|questions[ _-]fréquentes|questions-frequentes|常见问题|常見問題",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex QuestionPages();
}

/// <summary>A vector with its place; without document when no chunk that searches of the knowledge base find has the text.</summary>
internal sealed class VectorRow
{
    public long Number { get; set; }
    public string? DocumentId { get; set; }
    public long Version { get; set; }
    public int Ordinal { get; set; }
    public byte[] Vector { get; set; } = [];
}
