using Chatbot.Backends.Data;
using Chatbot.Core.Data;

namespace Chatbot.Api.Conversations;

/// <summary>Lists feedback with what it is about. Safe for concurrent use.</summary>
internal sealed class FeedbackQuery(Database database)
{
    private const string From = "FROM feedback f JOIN messages m ON m.id = f.message_id JOIN conversations c ON c.id = m.conversation_id";

    /// <returns>Of a knowledge base or of all (null), good, bad or both (null), the newest first; and how many there are.</returns>
    public Task<(IReadOnlyList<FeedbackReply> Items, int Total)> ListAsync(string? knowledgeBaseId, bool? helpful, int limit, CancellationToken cancellationToken)
    {
        var conditions = new List<string>();
        if (knowledgeBaseId is not null) conditions.Add("c.knowledge_base_id = @knowledgeBaseId");
        if (helpful is not null) conditions.Add("f.helpful = @wanted");
        var where = conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", conditions);
        var arguments = new { knowledgeBaseId, wanted = helpful == true ? 1 : 0, limit };
        return database.ReadAsync<(IReadOnlyList<FeedbackReply>, int)>(
            async connection =>
            {
                var rows = await connection.ListAsync<Row>(
                    $"""
                    SELECT f.message_id, m.conversation_id, c.knowledge_base_id, m.text AS answer, f.helpful, f.comment, f.created_at,
                        (SELECT q.text FROM messages q WHERE q.conversation_id = m.conversation_id AND q.role = 'user' AND q.created_at < m.created_at
                         ORDER BY q.created_at DESC LIMIT 1) AS question
                    {From} {where} ORDER BY f.created_at DESC, f.message_id DESC LIMIT @limit
                    """,
                    arguments,
                    cancellationToken);
                var total = await connection.FirstAsync<int>($"SELECT COUNT(*) {From} {where}", arguments, cancellationToken);
                return (rows.ConvertAll(row => row.ToReply()), total);
            },
            cancellationToken);
    }

    private sealed class Row
    {
        public string MessageId { get; set; } = "";

        public string ConversationId { get; set; } = "";

        public string KnowledgeBaseId { get; set; } = "";

        public string? Question { get; set; }

        public string Answer { get; set; } = "";

        public int Helpful { get; set; }

        public string? Comment { get; set; }

        public long CreatedAt { get; set; }

        public FeedbackReply ToReply() => new(MessageId, ConversationId, KnowledgeBaseId, Question, Answer, Helpful != 0, Comment, Stored.Time(CreatedAt));
    }
}
