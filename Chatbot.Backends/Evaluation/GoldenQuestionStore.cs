using System.Text.Json;
using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Core.Data;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Backends.Evaluation;

/// <summary>Questions whose right answers are known. Safe for concurrent use.</summary>
public sealed class GoldenQuestionStore(Database database, TimeProvider clock)
{
    private const string Select =
        "SELECT id, knowledge_base_id, name, question, language, kind, expected_pages, expected_phrases, draft, origin, message_id, created_at, updated_at FROM golden_questions";

    /// <summary>Questions that differ only in capitals, blanks and signs at the end are the same.</summary>
    public static string HashOf(string question) =>
        Ids.Hash(string.Join(' ', Folding.Fold(question).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('?', '？', '.', '!', ' '));

    /// <returns>In the order of their names.</returns>
    public Task<IReadOnlyList<GoldenQuestion>> ListAsync(GoldenFilter filter, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<GoldenQuestion>>(
        async connection => (await connection.ListAsync<Row>($"{Select} {Where(filter)} ORDER BY name, id LIMIT @Limit OFFSET @Offset", Arguments(filter), cancellationToken)).ConvertAll(row => row.ToRecord()),
        cancellationToken);

    /// <returns>How many there are, limit and offset aside.</returns>
    public Task<int> CountAsync(GoldenFilter filter, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.FirstAsync<int>($"SELECT COUNT(*) FROM golden_questions {Where(filter)}", Arguments(filter), cancellationToken), cancellationToken);

    public Task<GoldenQuestion?> FindAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => (await connection.FirstAsync<Row>($"{Select} WHERE id = @id", With(new { id }), cancellationToken))?.ToRecord(), cancellationToken);

    /// <returns>The one with that name, or else that question; null when there is none.</returns>
    public Task<GoldenQuestion?> FindAsync(string knowledgeBaseId, string? name, string question, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => (await connection.FirstAsync<Row>(
            $"{Select} WHERE knowledge_base_id = @knowledgeBaseId AND (name = @name OR question_hash = @hash) ORDER BY CASE WHEN name = @name THEN 0 ELSE 1 END",
            With(new { knowledgeBaseId, name, hash = HashOf(question) }),
            cancellationToken))?.ToRecord(),
        cancellationToken);

    /// <summary>Keeps a question, new or changed.</summary>
    /// <returns>As it is kept; null, with nothing changed, when another one of the knowledge base has the name or the question.</returns>
    public Task<GoldenQuestion?> SaveAsync(GoldenQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        var now = clock.GetUtcNow();
        var row = Row.From(question with { CreatedAt = question.CreatedAt == default ? now : question.CreatedAt, UpdatedAt = now });
        return database.WriteAsync(
            async transaction =>
            {
                var taken = await transaction.FirstAsync<string>(
                    "SELECT id FROM golden_questions WHERE knowledge_base_id = @KnowledgeBaseId AND (name = @Name OR question_hash = @QuestionHash) AND id <> @Id", With(row), cancellationToken);
                if (taken is not null) return null;
                await transaction.RunAsync(
                    $"""
                    INSERT INTO golden_questions (id, knowledge_base_id, name, question_hash, question, language, kind, expected_pages, expected_phrases, draft, origin, message_id, created_at, updated_at)
                    VALUES (@Id, @KnowledgeBaseId, @Name, @QuestionHash, @Question, @Language, @Kind, @ExpectedPages, @ExpectedPhrases, @Draft, @Origin, @MessageId, @CreatedAt, @UpdatedAt)
                    {database.Dialect.OnConflictUpdate("id", "name", "question_hash", "question", "language", "kind", "expected_pages", "expected_phrases", "draft", "updated_at")}
                    """,
                    row,
                    cancellationToken);
                return row.ToRecord();
            },
            cancellationToken);
    }

    /// <summary>Drafts become questions that count.</summary>
    /// <param name="ids">Those; null all of the knowledge base.</param>
    /// <returns>How many were drafts.</returns>
    public Task<int> AcceptAsync(string knowledgeBaseId, IReadOnlyList<string>? ids, CancellationToken cancellationToken) => database.WriteAsync(
        transaction => transaction.RunAsync(
            $"""
            UPDATE golden_questions SET draft = 0, updated_at = @now WHERE knowledge_base_id = @knowledgeBaseId AND draft = 1
            {(ids is null ? "" : $"AND id IN {database.Dialect.TextsOf("@some")}")}
            """,
            new { knowledgeBaseId, now = clock.Now(), some = JsonSerializer.Serialize(ids ?? [], CoreJson.Default.IReadOnlyListString) },
            cancellationToken),
        cancellationToken);

    /// <returns>False when it is not there.</returns>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) => await database.WriteAsync(
        transaction => transaction.RunAsync("DELETE FROM golden_questions WHERE id = @id", new { id }, cancellationToken), cancellationToken) > 0;

    /// <summary>Drafts that nobody wants.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> DeleteDraftsAsync(string knowledgeBaseId, CancellationToken cancellationToken) => database.WriteAsync(
        transaction => transaction.RunAsync("DELETE FROM golden_questions WHERE knowledge_base_id = @knowledgeBaseId AND draft = 1", new { knowledgeBaseId }, cancellationToken), cancellationToken);

    private static string Where(GoldenFilter filter)
    {
        var where = "WHERE knowledge_base_id = @KnowledgeBaseId";
        if (filter.Draft is not null) where += " AND draft = @draft";
        if (filter.Kind is not null) where += " AND kind = @Kind";
        if (!string.IsNullOrWhiteSpace(filter.Text)) where += " AND (question LIKE @text ESCAPE '!' OR expected_pages LIKE @text ESCAPE '!' OR expected_phrases LIKE @text ESCAPE '!')";
        return where;
    }

    private static SqlArguments Arguments(GoldenFilter filter) => With(new
    {
        filter.KnowledgeBaseId,
        draft = filter.Draft == true ? 1 : 0,
        filter.Kind,
        text = $"%{filter.Text?.Trim().Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%",
        filter.Limit,
        filter.Offset,
    });

    private sealed class Row
    {
        public string Id { get; set; } = "";

        public string KnowledgeBaseId { get; set; } = "";

        public string Name { get; set; } = "";

        public string QuestionHash { get; set; } = "";

        public string Question { get; set; } = "";

        public string? Language { get; set; }

        public string Kind { get; set; } = "";

        public string ExpectedPages { get; set; } = "[]";

        public string ExpectedPhrases { get; set; } = "[]";

        public int Draft { get; set; }

        public string Origin { get; set; } = "";

        public string? MessageId { get; set; }

        public long CreatedAt { get; set; }

        public long UpdatedAt { get; set; }

        public static Row From(GoldenQuestion it) => new()
        {
            Id = it.Id,
            KnowledgeBaseId = it.KnowledgeBaseId,
            Name = it.Name,
            QuestionHash = HashOf(it.Question),
            Question = it.Question,
            Language = it.Language,
            Kind = it.Kind,
            ExpectedPages = JsonSerializer.Serialize(it.ExpectedPages, CoreJson.Default.IReadOnlyListString),
            ExpectedPhrases = JsonSerializer.Serialize(it.ExpectedPhrases, CoreJson.Default.IReadOnlyListString),
            Draft = it.IsDraft ? 1 : 0,
            Origin = Stored.Name(it.Origin),
            MessageId = it.MessageId,
            CreatedAt = Stored.Time(it.CreatedAt),
            UpdatedAt = Stored.Time(it.UpdatedAt),
        };

        public GoldenQuestion ToRecord() => new()
        {
            Id = Id,
            KnowledgeBaseId = KnowledgeBaseId,
            Name = Name,
            Question = Question,
            Language = Language,
            Kind = Kind,
            ExpectedPages = JsonSerializer.Deserialize(ExpectedPages, CoreJson.Default.ListString) ?? [],
            ExpectedPhrases = JsonSerializer.Deserialize(ExpectedPhrases, CoreJson.Default.ListString) ?? [],
            IsDraft = Draft != 0,
            Origin = Stored.Enum<GoldenOrigin>(Origin),
            MessageId = MessageId,
            CreatedAt = Stored.Time(CreatedAt),
            UpdatedAt = Stored.Time(UpdatedAt),
        };
    }
}
