using System.Data.Common;
using Chatbot.Backends.Data;
using Chatbot.Core.Data;
using Chatbot.Core.Faqs;

namespace Chatbot.Backends.Faqs;

/// <summary>The questions with their answers that editors wrote. Safe for concurrent use.</summary>
public sealed class FaqStore(Database database)
{
    private const string Select =
        """
        SELECT f.id, f.knowledge_base_id, f.question_hash, f.question, f.alternatives, f.answer, f.language, f.link, f.created_at, f.updated_at, d.status
        FROM faqs f LEFT JOIN documents d ON d.id = f.id
        """;

    public Task<FaqEntry?> FindAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => (await connection.FirstAsync<FaqRow>($"{Select} WHERE f.id = @id", With(new { id }), cancellationToken))?.ToRecord(), cancellationToken);

    /// <returns>The entry with this question, as <see cref="FaqContent.QuestionHash"/> names it; null when there is none.</returns>
    public Task<FaqEntry?> FindByQuestionAsync(string knowledgeBaseId, string questionHash, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => (await connection.FirstAsync<FaqRow>(
            $"{Select} WHERE f.knowledge_base_id = @knowledgeBaseId AND f.question_hash = @questionHash", With(new { knowledgeBaseId, questionHash }), cancellationToken))?.ToRecord(),
        cancellationToken);

    /// <returns>The languages of a knowledge base's entries; null among them where one has none.</returns>
    public Task<IReadOnlyList<string?>> ListLanguagesAsync(string knowledgeBaseId, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<string?>>(
        async connection => await connection.ListAsync<string?>("SELECT DISTINCT language FROM faqs WHERE knowledge_base_id = @knowledgeBaseId ORDER BY language", With(new { knowledgeBaseId }), cancellationToken),
        cancellationToken);

    /// <returns>In the order of their questions.</returns>
    public Task<IReadOnlyList<FaqEntry>> ListAsync(FaqFilter filter, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<FaqEntry>>(
        async connection => (await connection.ListAsync<FaqRow>(
            $"{Select} {Where(filter)} ORDER BY f.question, f.id LIMIT @Limit OFFSET @Offset", Arguments(filter), cancellationToken)).ConvertAll(row => row.ToRecord()),
        cancellationToken);

    /// <returns>How many there are, limit and offset aside.</returns>
    public Task<int> CountAsync(FaqFilter filter, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.FirstAsync<int>($"SELECT COUNT(*) FROM faqs f {Where(filter)}", Arguments(filter), cancellationToken), cancellationToken);

    /// <summary>Keeps an entry, new or changed; its knowledge base and time of creation stay.</summary>
    /// <returns>False, with nothing changed, when another entry of the knowledge base has the question.</returns>
    public async Task<bool> SaveAsync(DbTransaction transaction, FaqEntry entry, CancellationToken cancellationToken)
    {
        var row = FaqRow.Of(entry);
        var taken = await transaction.FirstAsync<string>(
            "SELECT id FROM faqs WHERE knowledge_base_id = @KnowledgeBaseId AND question_hash = @QuestionHash AND id <> @Id", With(row), cancellationToken);
        if (taken is not null) return false;
        await transaction.RunAsync(
            $"""
            INSERT INTO faqs (id, knowledge_base_id, question_hash, question, alternatives, answer, language, link, created_at, updated_at)
            VALUES (@Id, @KnowledgeBaseId, @QuestionHash, @Question, @Alternatives, @Answer, @Language, @Link, @CreatedAt, @UpdatedAt)
            {database.Dialect.OnConflictUpdate("id", "question_hash", "question", "alternatives", "answer", "language", "link", "updated_at")}
            """,
            row,
            cancellationToken);
        return true;
    }

    /// <returns>False when it is not there.</returns>
    public static async Task<bool> DeleteAsync(DbTransaction transaction, string id, CancellationToken cancellationToken) =>
        await transaction.RunAsync("DELETE FROM faqs WHERE id = @id", new { id }, cancellationToken) > 0;

    private static string Where(FaqFilter filter)
    {
        var conditions = new List<string>();
        if (filter.KnowledgeBaseId is not null) conditions.Add("f.knowledge_base_id = @KnowledgeBaseId");
        if (filter.Language is not null) conditions.Add("f.language = @Language");
        if (!string.IsNullOrEmpty(filter.Text)) conditions.Add("(f.question LIKE @text ESCAPE '!' OR f.alternatives LIKE @text ESCAPE '!' OR f.answer LIKE @text ESCAPE '!')");
        return conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", conditions);
    }

    private static SqlArguments Arguments(FaqFilter filter) => With(new
    {
        filter.KnowledgeBaseId,
        filter.Language,
        text = $"%{filter.Text?.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%",
        filter.Limit,
        filter.Offset,
    });
}
