using System.Runtime.CompilerServices;
using Chatbot.Backends.Data;
using Chatbot.Core.Data;

namespace Chatbot.Backends.Conversations;

/// <summary>Many conversations at once: listed, read through, deleted. Safe for concurrent use.</summary>
public sealed class ConversationArchive(Database database, ConversationStore conversations)
{
    // One transaction deletes so many: whoever asks a question meanwhile waits for milliseconds.
    private const int Batch = 100;

    /// <returns>The most recent first.</returns>
    public Task<IReadOnlyList<ConversationSummary>> ListAsync(ConversationFilter filter, int limit, int offset, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ConversationSummary>>(
            async connection => (await connection.ListAsync<Row>(
                $"""
                SELECT c.id, c.knowledge_base_id, c.created_at, c.updated_at, c.visitor,
                    (SELECT m.text FROM messages m WHERE m.conversation_id = c.id AND m.role = 'user' ORDER BY m.created_at LIMIT 1) AS question,
                    (SELECT COUNT(*) FROM messages m WHERE m.conversation_id = c.id AND m.role = 'user') AS questions,
                    (SELECT COUNT(*) FROM messages m WHERE m.conversation_id = c.id AND m.refused = 1) AS refused,
                    (SELECT COUNT(*) FROM messages m WHERE m.conversation_id = c.id AND m.degraded = 1) AS degraded,
                    (SELECT COUNT(*) FROM messages m JOIN feedback f ON f.message_id = m.id WHERE m.conversation_id = c.id AND f.helpful = 1) AS helpful,
                    (SELECT COUNT(*) FROM messages m JOIN feedback f ON f.message_id = m.id WHERE m.conversation_id = c.id AND f.helpful = 0) AS unhelpful
                FROM conversations c {Where(filter)} ORDER BY c.updated_at DESC, c.id DESC LIMIT @limit OFFSET @offset
                """,
                Arguments(filter, limit, offset),
                cancellationToken)).ConvertAll(row => row.ToRecord()),
            cancellationToken);

    /// <returns>How many there are.</returns>
    public Task<int> CountAsync(ConversationFilter filter, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.FirstAsync<int>($"SELECT COUNT(*) FROM conversations c {Where(filter)}", Arguments(filter), cancellationToken), cancellationToken);

    /// <summary>Whole conversations one after the other, the most recent first; those that come or go meanwhile may be in it or not.</summary>
    public async IAsyncEnumerable<Transcript> ReadAsync(ConversationFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = new Place { UpdatedAt = long.MaxValue, Id = "" };
        while (true)
        {
            var places = await database.ReadAsync(
                connection => connection.ListAsync<Place>(
                    $"""
                    SELECT c.id, c.updated_at FROM conversations c {Where(filter, "(c.updated_at < @lastTime OR (c.updated_at = @lastTime AND c.id < @lastId))")}
                    ORDER BY c.updated_at DESC, c.id DESC LIMIT @limit
                    """,
                    Arguments(filter, Batch, 0, last),
                    cancellationToken),
                cancellationToken);
            foreach (var place in places)
                if (await conversations.GetAsync(place.Id, cancellationToken) is { } transcript) yield return transcript;
            if (places.Count < Batch) yield break;
            last = places[^1];
        }
    }

    /// <summary>Deletes them with their messages and their feedback, some at a time.</summary>
    /// <returns>How many.</returns>
    public async Task<int> DeleteAsync(ConversationFilter filter, CancellationToken cancellationToken)
    {
        var deleted = 0;
        while (true)
        {
            var some = await database.WriteAsync(
                async transaction =>
                {
                    var ids = await transaction.ListAsync<string>($"SELECT c.id FROM conversations c {Where(filter)} LIMIT @limit", Arguments(filter, Batch), cancellationToken);
                    if (ids.Count > 0)
                        await transaction.RunAsync($"DELETE FROM conversations WHERE id IN {database.Dialect.TextsOf("@some")}", new { some = JsonRows.Texts(ids) }, cancellationToken);
                    return ids.Count;
                },
                cancellationToken);
            deleted += some;
            if (some < Batch) return deleted;
        }
    }

    private string Where(ConversationFilter filter, string? further = null)
    {
        var conditions = new List<string>();
        if (further is not null) conditions.Add(further);
        if (filter.KnowledgeBaseId is not null) conditions.Add("c.knowledge_base_id = @KnowledgeBaseId");
        if (filter.Ids is not null) conditions.Add($"c.id IN {database.Dialect.TextsOf("@ids")}");
        if (filter.Visitor is not null) conditions.Add("c.visitor = @Visitor");
        if (filter.From is not null) conditions.Add("c.updated_at >= @from");
        if (filter.Until is not null) conditions.Add("c.updated_at < @until");
        if (!string.IsNullOrWhiteSpace(filter.Text)) conditions.Add("EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = c.id AND m.text LIKE @text ESCAPE '!')");
        if (filter.Outcome is { } outcome)
        {
            conditions.Add(outcome switch
            {
                ConversationOutcome.Refused => HasAnswer("m.refused = 1"),
                ConversationOutcome.Degraded => HasAnswer("m.degraded = 1"),
                _ => $"{HasAnswer("m.refused = 0")} AND NOT {HasAnswer("m.refused = 1")}",
            });
        }

        if (filter.Feedback is { } feedback)
        {
            conditions.Add(feedback switch
            {
                ConversationFeedback.Helpful => HasFeedback("AND f.helpful = 1"),
                ConversationFeedback.Unhelpful => HasFeedback("AND f.helpful = 0"),
                ConversationFeedback.Any => HasFeedback(""),
                _ => $"NOT {HasFeedback("")}",
            });
        }

        return conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", conditions);
    }

    private static string HasAnswer(string condition) => $"EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = c.id AND m.role = 'assistant' AND {condition})";

    private static string HasFeedback(string condition) =>
        $"EXISTS (SELECT 1 FROM messages m JOIN feedback f ON f.message_id = m.id WHERE m.conversation_id = c.id {condition})";

    private static SqlArguments Arguments(ConversationFilter filter, int limit = 0, int offset = 0, Place? last = null) => With(new
    {
        filter.KnowledgeBaseId,
        ids = filter.Ids is null ? null : JsonRows.Texts(filter.Ids),
        filter.Visitor,
        from = filter.From is { } from ? Stored.Time(from) : 0,
        until = filter.Until is { } until ? Stored.Time(until) : 0,
        text = $"%{filter.Text?.Trim().Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%",
        limit,
        offset,
        lastTime = last?.UpdatedAt ?? 0,
        lastId = last?.Id ?? "",
    });

    private sealed class Place
    {
        public string Id { get; set; } = "";

        public long UpdatedAt { get; set; }
    }

    private sealed class Row
    {
        public string Id { get; set; } = "";

        public string KnowledgeBaseId { get; set; } = "";

        public long CreatedAt { get; set; }

        public long UpdatedAt { get; set; }

        public string? Visitor { get; set; }

        public string? Question { get; set; }

        public int Questions { get; set; }

        public int Refused { get; set; }

        public int Degraded { get; set; }

        public int Helpful { get; set; }

        public int Unhelpful { get; set; }

        public ConversationSummary ToRecord() => new(
            Id, KnowledgeBaseId, Stored.Time(CreatedAt), Stored.Time(UpdatedAt), Visitor, Question, Questions, Refused, Degraded, Helpful, Unhelpful);
    }
}
