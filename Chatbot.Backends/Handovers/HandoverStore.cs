using Chatbot.Backends.Data;
using Chatbot.Core.Data;
using Chatbot.Core.Handovers;

namespace Chatbot.Backends.Handovers;

/// <summary>The visitors who want a person. Safe for concurrent use.</summary>
public sealed class HandoverStore(Database database)
{
    private const string Select =
        "SELECT id, knowledge_base_id, conversation_id, name, reach, note, language, state, error, mailed_at, called_at, created_at FROM handovers";

    /// <param name="most">Of one conversation: a visitor who asks again and again has been heard.</param>
    /// <returns>False, with nothing kept, when the conversation has so many already.</returns>
    public Task<bool> AddAsync(Handover handover, int most, CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            if (await transaction.FirstAsync<int>("SELECT COUNT(*) FROM handovers WHERE conversation_id = @ConversationId", With(handover), cancellationToken) >= most) return false;
            await transaction.RunAsync(
                """
                INSERT INTO handovers (id, knowledge_base_id, conversation_id, name, reach, note, language, state, created_at)
                VALUES (@Id, @KnowledgeBaseId, @ConversationId, @Name, @Reach, @Note, @Language, @state, @createdAt)
                """,
                new
                {
                    handover.Id, handover.KnowledgeBaseId, handover.ConversationId, handover.Name, handover.Reach, handover.Note, handover.Language,
                    state = Stored.Name(handover.State), createdAt = Stored.Time(handover.CreatedAt),
                },
                cancellationToken);
            return true;
        },
        cancellationToken);

    public Task<Handover?> FindAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => (await connection.FirstAsync<Row>($"{Select} WHERE id = @id", With(new { id }), cancellationToken))?.ToRecord(), cancellationToken);

    /// <param name="knowledgeBaseId">Null is all.</param>
    /// <param name="state">Null is all.</param>
    /// <returns>The newest first.</returns>
    public Task<IReadOnlyList<Handover>> ListAsync(string? knowledgeBaseId, HandoverState? state, int limit, int offset, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Handover>>(
            async connection => (await connection.ListAsync<Row>(
                $"{Select} {Where(knowledgeBaseId, state)} ORDER BY created_at DESC, id DESC LIMIT @limit OFFSET @offset",
                With(new { knowledgeBaseId, state = state is { } one ? Stored.Name(one) : null, limit, offset }), cancellationToken)).ConvertAll(row => row.ToRecord()),
            cancellationToken);

    /// <returns>How many there are, limit and offset aside.</returns>
    public Task<int> CountAsync(string? knowledgeBaseId, HandoverState? state, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.FirstAsync<int>(
            $"SELECT COUNT(*) FROM handovers {Where(knowledgeBaseId, state)}", With(new { knowledgeBaseId, state = state is { } one ? Stored.Name(one) : null }), cancellationToken),
        cancellationToken);

    /// <summary>Changes state and error, and when somebody was told.</summary>
    /// <returns>False when it is not there.</returns>
    public async Task<bool> UpdateAsync(Handover handover, CancellationToken cancellationToken) => await database.WriteAsync(
        transaction => transaction.RunAsync(
            "UPDATE handovers SET state = @state, error = @Error, mailed_at = @mailedAt, called_at = @calledAt WHERE id = @Id",
            new
            {
                handover.Id, handover.Error, state = Stored.Name(handover.State),
                mailedAt = handover.MailedAt is { } mailed ? Stored.Time(mailed) : (long?)null, calledAt = handover.CalledAt is { } called ? Stored.Time(called) : (long?)null,
            },
            cancellationToken),
        cancellationToken) > 0;

    /// <returns>False when it is not there.</returns>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) => await database.WriteAsync(
        transaction => transaction.RunAsync("DELETE FROM handovers WHERE id = @id", new { id }, cancellationToken), cancellationToken) > 0;

    private static string Where(string? knowledgeBaseId, HandoverState? state)
    {
        var conditions = new List<string>();
        if (knowledgeBaseId is not null) conditions.Add("knowledge_base_id = @knowledgeBaseId");
        if (state is not null) conditions.Add("state = @state");
        return conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", conditions);
    }

    private sealed class Row
    {
        public string Id { get; set; } = "";

        public string KnowledgeBaseId { get; set; } = "";

        public string ConversationId { get; set; } = "";

        public string? Name { get; set; }

        public string Reach { get; set; } = "";

        public string? Note { get; set; }

        public string Language { get; set; } = "";

        public string State { get; set; } = "";

        public string? Error { get; set; }

        public long? MailedAt { get; set; }

        public long? CalledAt { get; set; }

        public long CreatedAt { get; set; }

        public Handover ToRecord() => new()
        {
            Id = Id, KnowledgeBaseId = KnowledgeBaseId, ConversationId = ConversationId, Name = Name, Reach = Reach, Note = Note, Language = Language,
            State = Stored.Enum<HandoverState>(State), Error = Error, MailedAt = Stored.Time(MailedAt), CalledAt = Stored.Time(CalledAt), CreatedAt = Stored.Time(CreatedAt),
        };
    }
}
