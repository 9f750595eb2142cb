using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Core.Data;

namespace Chatbot.Backends.Conversations;

/// <summary>Conversations, their messages and what visitors thought of them. Safe for concurrent use.</summary>
public sealed class ConversationStore(Database database, TimeProvider clock)
{
    private const string Select = "SELECT id, knowledge_base_id, created_at, updated_at FROM conversations";

    public async Task<Conversation> StartAsync(string knowledgeBaseId, CancellationToken cancellationToken)
    {
        var row = new Row { Id = Ids.New(), KnowledgeBaseId = knowledgeBaseId, CreatedAt = clock.Now() };
        row.UpdatedAt = row.CreatedAt;
        await database.WriteAsync(
            transaction => transaction.RunAsync(
                "INSERT INTO conversations (id, knowledge_base_id, created_at, updated_at) VALUES (@Id, @KnowledgeBaseId, @CreatedAt, @UpdatedAt)", row, cancellationToken),
            cancellationToken);
        return row.ToRecord();
    }

    /// <summary>Adds a message at the end. One that is already there (by its id) is not doubled.</summary>
    /// <returns>False when there is no such conversation.</returns>
    public Task<bool> AppendAsync(ConversationMessage message, CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            // The conversation's time is its newest message's; each is later than the one before, so that the order is theirs.
            var now = clock.Now();
            var found = await transaction.RunAsync(
                "UPDATE conversations SET updated_at = CASE WHEN updated_at >= @now THEN updated_at + 1 ELSE @now END WHERE id = @ConversationId",
                new { message.ConversationId, now },
                cancellationToken);
            if (found == 0)
                return false;
            var createdAt = await transaction.FirstAsync<long>("SELECT updated_at FROM conversations WHERE id = @ConversationId", new { message.ConversationId }, cancellationToken);
            await transaction.RunAsync(
                $"""
                {database.Dialect.InsertOrIgnore} messages (id, conversation_id, role, text, citations, trace_id, refused, degraded, created_at)
                VALUES (@Id, @ConversationId, @Role, @Text, @Citations, @TraceId, @Refused, @Degraded, @CreatedAt)
                """,
                ConversationMessageRow.From(message, createdAt),
                cancellationToken);
            return true;
        },
        cancellationToken);

    /// <returns>The conversation with its messages, or null.</returns>
    public Task<Transcript?> GetAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            if (await connection.FirstAsync<Row>($"{Select} WHERE id = @id", new { id }, cancellationToken) is not { } row)
                return null;
            var messages = await connection.ListAsync<ConversationMessageRow>(
                """
                SELECT m.id, m.conversation_id, m.role, m.text, m.citations, m.trace_id, m.refused, m.degraded, m.created_at, f.helpful, f.comment
                FROM messages m LEFT JOIN feedback f ON f.message_id = m.id
                WHERE m.conversation_id = @id ORDER BY m.created_at, m.id
                """,
                new { id },
                cancellationToken);
            return new Transcript(row.ToRecord(), messages.ConvertAll(message => message.ToRecord()));
        },
        cancellationToken);

    /// <returns>The conversations of a knowledge base, or of all (null), the most recent first.</returns>
    public Task<IReadOnlyList<Conversation>> ListAsync(string? knowledgeBaseId, int limit, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Conversation>>(
        async connection => (await connection.ListAsync<Row>(
            $"{Select} {(knowledgeBaseId is null ? "" : "WHERE knowledge_base_id = @knowledgeBaseId")} ORDER BY updated_at DESC, id DESC LIMIT @limit",
            new { knowledgeBaseId, limit },
            cancellationToken)).ConvertAll(row => row.ToRecord()),
        cancellationToken);

    /// <summary>Deletes it with its messages and their feedback.</summary>
    /// <returns>False when it is not there.</returns>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) => await database.WriteAsync(
        transaction => transaction.RunAsync("DELETE FROM conversations WHERE id = @id", new { id }, cancellationToken), cancellationToken) > 0;

    private sealed class Row
    {
        public string Id { get; set; } = "";

        public string KnowledgeBaseId { get; set; } = "";

        public long CreatedAt { get; set; }

        public long UpdatedAt { get; set; }

        public Conversation ToRecord() => new(Id, KnowledgeBaseId, Stored.Time(CreatedAt), Stored.Time(UpdatedAt));
    }
}
