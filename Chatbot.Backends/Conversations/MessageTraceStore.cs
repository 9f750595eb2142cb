using System.Text;
using Chatbot.Backends.Data;
using Chatbot.Core.Data;

namespace Chatbot.Backends.Conversations;

/// <summary>Reads what answers kept of their making, and forgets it in time. Safe for concurrent use.</summary>
public sealed class MessageTraceStore(Database database)
{
    // Below this, what Base64 adds is more than what packing saves.
    private const int WorthPacking = 512;

    // A deletion holds up the other writers for some milliseconds.
    private const int DeletedAtOnce = 1_000;

    /// <returns>The newest answer of a trace, or null when none is kept.</returns>
    public Task<MessageTrace?> FindAsync(string traceId, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => (await connection.FirstAsync<Row>(
            """
            SELECT t.trace_id, t.message_id, m.conversation_id, c.knowledge_base_id, m.text AS answer, t.steps, t.created_at,
                (SELECT q.text FROM messages q WHERE q.conversation_id = m.conversation_id AND q.role = 'user' AND q.created_at < m.created_at
                 ORDER BY q.created_at DESC LIMIT 1) AS question
            FROM message_traces t JOIN messages m ON m.id = t.message_id JOIN conversations c ON c.id = m.conversation_id
            WHERE t.trace_id = @traceId ORDER BY t.created_at DESC LIMIT 1
            """,
            With(new { traceId }),
            cancellationToken))?.ToRecord(),
        cancellationToken);

    /// <summary>Deletes what is older.</summary>
    /// <returns>How many.</returns>
    public async Task<int> DeleteBeforeAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        var (all, before) = (0, Stored.Time(time));
        while (true)
        {
            var deleted = await database.WriteAsync(
                transaction => transaction.RunAsync(
                    "DELETE FROM message_traces WHERE message_id IN (SELECT message_id FROM (SELECT message_id FROM message_traces WHERE created_at < @before LIMIT @most) oldest)",
                    new { before, most = DeletedAtOnce },
                    cancellationToken),
                cancellationToken);
            all += deleted;
            if (deleted < DeletedAtOnce) return all;
        }
    }

    internal static string Pack(string steps) => steps.Length < WorthPacking ? steps : Convert.ToBase64String(Compression.Compress(Encoding.UTF8.GetBytes(steps)));

    private static string Unpack(string stored) => stored.StartsWith('[') ? stored : Encoding.UTF8.GetString(Compression.Decompress(Convert.FromBase64String(stored)));

    private sealed class Row
    {
        public string TraceId { get; set; } = "";

        public string MessageId { get; set; } = "";

        public string ConversationId { get; set; } = "";

        public string KnowledgeBaseId { get; set; } = "";

        public string? Question { get; set; }

        public string Answer { get; set; } = "";

        public string Steps { get; set; } = "";

        public long CreatedAt { get; set; }

        public MessageTrace ToRecord() => new(TraceId, MessageId, ConversationId, KnowledgeBaseId, Question, Answer, Unpack(Steps), Stored.Time(CreatedAt));
    }
}
