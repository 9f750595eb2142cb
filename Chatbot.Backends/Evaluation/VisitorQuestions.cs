using System.Text.Json;
using Chatbot.Backends.Data;
using Chatbot.Core.Answering;
using Chatbot.Core.Data;

namespace Chatbot.Backends.Evaluation;

/// <summary>What visitors asked, counted. Safe for concurrent use.</summary>
public sealed class VisitorQuestions(Database database)
{
    // Newer ones say more of what is asked today, and counting stays quick.
    private const int MostAnswers = 10_000;

    private const string From =
        """
        FROM messages m JOIN conversations c ON c.id = m.conversation_id JOIN messages q ON q.conversation_id = m.conversation_id AND q.role = 'user'
            AND q.created_at = (SELECT MAX(x.created_at) FROM messages x WHERE x.conversation_id = m.conversation_id AND x.role = 'user' AND x.created_at < m.created_at)
        WHERE m.role = 'assistant'
        """;

    private const string Select = "SELECT m.id AS message_id, c.knowledge_base_id, q.text AS question, m.text AS answer, m.citations, m.refused, m.created_at";

    /// <returns>An answer with its question; null when it is not there.</returns>
    public Task<AskedQuestion?> FindAsync(string messageId, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => (await connection.FirstAsync<Row>($"{Select} {From} AND m.id = @messageId", With(new { messageId }), cancellationToken))?.ToRecord(1), cancellationToken);

    /// <summary>Counts the questions that conversations began with: others lean on what was said before.</summary>
    /// <param name="refused">Those alone that were told that there is no answer; each with its newest answer.</param>
    /// <returns>The most frequent first, of equally many the newest.</returns>
    public async Task<IReadOnlyList<AskedQuestion>> CountAsync(string knowledgeBaseId, bool refused, DateTimeOffset since, int limit, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            connection => connection.ListAsync<Row>(
                $"""
                {Select} {From} AND c.knowledge_base_id = @knowledgeBaseId AND m.created_at >= @since {(refused ? "AND m.refused = 1" : "")}
                    AND NOT EXISTS (SELECT 1 FROM messages e WHERE e.conversation_id = m.conversation_id AND e.created_at < q.created_at)
                ORDER BY m.created_at DESC LIMIT {MostAnswers}
                """,
                With(new { knowledgeBaseId, since = Stored.Time(since) }),
                cancellationToken),
            cancellationToken);
        return [.. rows.GroupBy(row => GoldenQuestionStore.HashOf(row.Question), StringComparer.Ordinal)
            .Select(group => group.First().ToRecord(group.Count()))
            .OrderByDescending(question => question.Times).ThenByDescending(question => question.AnsweredAt)
            .Take(limit)];
    }

    private sealed class Row
    {
        public string MessageId { get; set; } = "";

        public string KnowledgeBaseId { get; set; } = "";

        public string Question { get; set; } = "";

        public string Answer { get; set; } = "";

        public string? Citations { get; set; }

        public int Refused { get; set; }

        public long CreatedAt { get; set; }

        public AskedQuestion ToRecord(int times) => new(
            MessageId,
            KnowledgeBaseId,
            Question,
            Answer,
            Citations is null ? [] : JsonSerializer.Deserialize(Citations, BackendsJson.Default.IReadOnlyListCitation) ?? [],
            Refused != 0,
            times,
            Stored.Time(CreatedAt));
    }
}

/// <summary>A question of visitors with the newest answer to it.</summary>
/// <param name="MessageId">Of the answer.</param>
/// <param name="Times">How often it was asked.</param>
public sealed record AskedQuestion(
    string MessageId, string KnowledgeBaseId, string Question, string Answer, IReadOnlyList<Citation> Citations, bool Refused, int Times, DateTimeOffset AnsweredAt);
