using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Core.Data;

namespace Chatbot.Backends.Conversations;

/// <summary>Conversations, their messages and what visitors thought of them. Safe for concurrent use.</summary>
public sealed class ConversationStore(Database database, TimeProvider clock)
{
    private const string Select = "SELECT id, knowledge_base_id, created_at, updated_at, visitor FROM conversations";

    private readonly ConversationBatches batches = new(database, clock);

    /// <summary>A conversation that is not kept yet; its first message keeps it (<see cref="AppendAsync(Conversation, ConversationMessage, CancellationToken)"/>).</summary>
    /// <param name="visitor">As <see cref="Conversation.Visitor"/>.</param>
    public Conversation Begin(string knowledgeBaseId, string? visitor)
    {
        var now = Stored.Time(clock.Now());
        return new Conversation(Ids.New(), knowledgeBaseId, now, now, visitor);
    }

    /// <summary>Keeps a new conversation without a message.</summary>
    public async Task<Conversation> StartAsync(string knowledgeBaseId, string? visitor, CancellationToken cancellationToken)
    {
        var conversation = Begin(knowledgeBaseId, visitor);
        await batches.AddAsync(conversation, null).WaitAsync(cancellationToken);
        return conversation;
    }

    /// <summary>
    /// Adds a message at the end. One that is already there (by its id) is not doubled. It is written even if the caller stops
    /// waiting, together with what others add at the same time.
    /// </summary>
    /// <returns>Once it is durable; false when there is no such conversation.</returns>
    public Task<bool> AppendAsync(ConversationMessage message, CancellationToken cancellationToken) => batches.AddAsync(null, message).WaitAsync(cancellationToken);

    /// <summary>The same for an answer with how it came about (<see cref="MessageTrace.Steps"/>).</summary>
    public Task<bool> AppendAsync(ConversationMessage message, string? steps, CancellationToken cancellationToken) => batches.AddAsync(null, message, steps).WaitAsync(cancellationToken);

    /// <summary>The same for a message that its conversation may begin with.</summary>
    public Task<bool> AppendAsync(Conversation started, ConversationMessage message, CancellationToken cancellationToken) =>
        batches.AddAsync(started, message).WaitAsync(cancellationToken);

    /// <returns>The conversation with its messages, or null.</returns>
    public Task<Transcript?> GetAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            if (await connection.FirstAsync<Row>($"{Select} WHERE id = @id", With(new { id }), cancellationToken) is not { } row)
                return null;
            var messages = await connection.ListAsync<ConversationMessageRow>(
                """
                SELECT m.id, m.conversation_id, m.role, m.text, m.citations, m.outcome, m.trace_id, m.refused, m.degraded, m.created_at, f.helpful, f.comment
                FROM messages m LEFT JOIN feedback f ON f.message_id = m.id
                WHERE m.conversation_id = @id ORDER BY m.created_at, m.id
                """,
                With(new { id }),
                cancellationToken);
            return new Transcript(row.ToRecord(), messages.ConvertAll(message => message.ToRecord()));
        },
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

        public string? Visitor { get; set; }

        public Conversation ToRecord() => new(Id, KnowledgeBaseId, Stored.Time(CreatedAt), Stored.Time(UpdatedAt), Visitor);
    }
}
