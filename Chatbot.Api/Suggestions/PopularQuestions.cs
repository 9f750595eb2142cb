using Chatbot.Backends.Data;
using Chatbot.Core.Data;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Suggestions;

/// <summary>Questions that several visitors asked and that were answered well. Safe for concurrent use.</summary>
internal sealed class PopularQuestions(Database database, IOptions<SuggestionOptions> options, TimeProvider clock)
{
    private const int Most = 300;
    private const int Shortest = 4, Longest = 120;

    /// <returns>The most asked first, in the words that most used.</returns>
    public async Task<IReadOnlyList<string>> ListAsync(string knowledgeBaseId, CancellationToken cancellationToken)
    {
        var since = Stored.Time(clock.GetUtcNow() - TimeSpan.FromDays(options.Value.Days));
        var rows = await database.ReadAsync(
            connection => connection.ListAsync<Row>(
                """
                WITH said AS (
                    SELECT m.conversation_id, c.visitor, m.role, m.text,
                        LEAD(m.id) OVER w AS answer_id, LEAD(m.role) OVER w AS answer_role, LEAD(m.refused) OVER w AS refused, LEAD(m.degraded) OVER w AS degraded,
                        LEAD(m.citations) OVER w AS citations
                    FROM conversations c JOIN messages m ON m.conversation_id = c.id
                    WHERE c.knowledge_base_id = @knowledgeBaseId AND c.updated_at >= @since
                    WINDOW w AS (PARTITION BY m.conversation_id ORDER BY m.created_at)
                )
                SELECT s.text, COALESCE(s.visitor, s.conversation_id) AS visitor, MAX(CASE WHEN f.helpful = 0 THEN 1 ELSE 0 END) AS disliked
                FROM said s LEFT JOIN feedback f ON f.message_id = s.answer_id
                WHERE s.role = 'user' AND s.answer_role = 'assistant' AND s.refused = 0 AND s.degraded = 0 AND s.citations IS NOT NULL
                    AND LENGTH(s.text) BETWEEN @Shortest AND @Longest
                GROUP BY s.text, COALESCE(s.visitor, s.conversation_id)
                """,
                With(new { knowledgeBaseId, since, Shortest, Longest }),
                cancellationToken),
            cancellationToken);
        return [.. rows
            .Where(row => !Answering.Conversing.FollowUps.IsFollowUp(row.Text) && !PersonalData.MayBeIn(row.Text))
            .GroupBy(row => SuggestionText.KeyOf(row.Text))
            .Select(group => (Visitors: group.Select(row => row.Visitor).Distinct().Count(), Disliked: group.Count(row => row.Disliked != 0), Text: Usual(group)))
            // One who did not like the answer may be wrong; where every fourth is of that mind, the answer is.
            .Where(asked => asked.Visitors >= options.Value.MinVisitors && asked.Disliked * 4 < asked.Visitors)
            .OrderByDescending(asked => asked.Visitors)
            .ThenBy(asked => asked.Text, StringComparer.Ordinal)
            .Take(Most)
            .Select(asked => asked.Text)];
    }

    private static string Usual(IEnumerable<Row> rows) =>
        rows.GroupBy(row => row.Text).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).First().Key;

    private sealed class Row
    {
        public string Text { get; set; } = "";

        public string Visitor { get; set; } = "";

        public int Disliked { get; set; }
    }
}
