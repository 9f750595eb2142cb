using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Core.Data;
using Chatbot.Core.Routing;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Backends.Routing;

/// <summary>Which examples to list; what is null does not restrict.</summary>
public sealed record ExampleFilter
{
    public required string KnowledgeBaseId { get; init; }

    public string? Intent { get; init; }

    /// <summary>Found anywhere in the text; upper and lower case of a-z are the same.</summary>
    public string? Text { get; init; }

    public int Limit { get; init; } = 50;

    public int Offset { get; init; }
}

/// <summary>The examples that editors wrote. Safe for concurrent use.</summary>
public sealed class ExampleStore(Database database, TimeProvider clock)
{
    private const string Select = "SELECT id, knowledge_base_id, intent, text, language, link, created_at, updated_at FROM examples";

    /// <summary>Texts that have the same are the same: capitals, accents, blanks and signs at the end do not count.</summary>
    public static string HashOf(string text) => Ids.Hash(Normalise(text));

    /// <inheritdoc cref="HashOf"/>
    public static string Normalise(string text) =>
        string.Join(' ', Folding.Fold(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Trim(' ', '.', '!', '?', ',', '。', '！', '？', '，', '¡', '¿', '…');

    public Task<Example?> FindAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => (await connection.FirstAsync<Row>($"{Select} WHERE id = @id", With(new { id }), cancellationToken))?.ToRecord(), cancellationToken);

    /// <returns>By intent, then text.</returns>
    public Task<IReadOnlyList<Example>> ListAsync(ExampleFilter filter, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Example>>(
        async connection => (await connection.ListAsync<Row>(
            $"{Select} {Where(filter)} ORDER BY intent, text, id LIMIT @Limit OFFSET @Offset", Arguments(filter), cancellationToken)).ConvertAll(row => row.ToRecord()),
        cancellationToken);

    /// <returns>How many there are, limit and offset aside.</returns>
    public Task<int> CountAsync(ExampleFilter filter, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.FirstAsync<int>($"SELECT COUNT(*) FROM examples {Where(filter)}", Arguments(filter), cancellationToken), cancellationToken);

    /// <summary>Keeps an example. One that is there with the same text, or that <paramref name="id"/> names, is changed.</summary>
    /// <param name="id">The example to change; null goes by the text.</param>
    /// <param name="link">Null takes it away where the example is named by its id; found by its text it keeps the one it has.</param>
    /// <returns>The example, and whether it is new; null, with nothing changed, when another one has the text that this one is to get.</returns>
    public Task<(Example Example, bool IsNew)?> SaveAsync(string knowledgeBaseId, string? id, string intent, string text, string? language, string? link, CancellationToken cancellationToken)
    {
        var hash = HashOf(text);
        return database.WriteAsync<(Example, bool)?>(
            async transaction =>
            {
                var same = await transaction.FirstAsync<Row>($"{Select} WHERE knowledge_base_id = @knowledgeBaseId AND text_hash = @hash", With(new { knowledgeBaseId, hash }), cancellationToken);
                var known = id is null ? same : await transaction.FirstAsync<Row>($"{Select} WHERE id = @id AND knowledge_base_id = @knowledgeBaseId", With(new { id, knowledgeBaseId }), cancellationToken);
                if (same is not null && known is not null && same.Id != known.Id) return null;
                var now = clock.Now();
                var row = new Row
                {
                    Id = known?.Id ?? Ids.New(), KnowledgeBaseId = knowledgeBaseId, Intent = intent, TextHash = hash, Text = text, Language = language, Link = link ?? (id is null ? known?.Link : null), CreatedAt = known?.CreatedAt ?? now, UpdatedAt = now,
                };
                await transaction.RunAsync(
                    $"""
                    INSERT INTO examples (id, knowledge_base_id, intent, text_hash, text, language, link, created_at, updated_at)
                    VALUES (@Id, @KnowledgeBaseId, @Intent, @TextHash, @Text, @Language, @Link, @CreatedAt, @UpdatedAt)
                    {database.Dialect.OnConflictUpdate("id", "intent", "text_hash", "text", "language", "link", "updated_at")}
                    """,
                    row,
                    cancellationToken);
                return (row.ToRecord(), known is null);
            },
            cancellationToken);
    }

    /// <returns>False when it is not there.</returns>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) => await database.WriteAsync(
        transaction => transaction.RunAsync("DELETE FROM examples WHERE id = @id", new { id }, cancellationToken), cancellationToken) > 0;

    private static string Where(ExampleFilter filter) =>
        $"WHERE knowledge_base_id = @KnowledgeBaseId{(filter.Intent is null ? "" : " AND intent = @Intent")}{(string.IsNullOrEmpty(filter.Text) ? "" : " AND text LIKE @text ESCAPE '!'")}";

    private static SqlArguments Arguments(ExampleFilter filter) => With(new
    {
        filter.KnowledgeBaseId,
        filter.Intent,
        text = $"%{filter.Text?.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%",
        filter.Limit,
        filter.Offset,
    });

    private sealed class Row
    {
        public string Id { get; set; } = "";

        public string KnowledgeBaseId { get; set; } = "";

        public string Intent { get; set; } = "";

        public string TextHash { get; set; } = "";

        public string Text { get; set; } = "";

        public string? Language { get; set; }

        public string? Link { get; set; }

        public long CreatedAt { get; set; }

        public long UpdatedAt { get; set; }

        public Example ToRecord() => new(Id, KnowledgeBaseId, Intent, Text, Language, Link, Stored.Time(CreatedAt), Stored.Time(UpdatedAt));
    }
}
