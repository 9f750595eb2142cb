using Chatbot.Backends.Data;
using Chatbot.Core.Data;

namespace Chatbot.Backends.Feedback;

/// <summary>What visitors said about answers, and what editors made of it. Safe for concurrent use.</summary>
public sealed class FeedbackStore(Database database, TimeProvider clock)
{
    private const string Question =
        """
        (SELECT q.text FROM messages q WHERE q.conversation_id = m.conversation_id AND q.role = 'user' AND q.created_at < m.created_at
         ORDER BY q.created_at DESC LIMIT 1)
        """;

    private const string From = "FROM feedback f JOIN messages m ON m.id = f.message_id JOIN conversations c ON c.id = m.conversation_id";

    /// <summary>Keeps what a visitor says about a message; the last word counts, and waits for an editor again.</summary>
    /// <returns>The knowledge base that was asked; null when there is no such message.</returns>
    public Task<string?> SaveAsync(Rating rating, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rating);
        return database.WriteAsync(
            async transaction =>
            {
                var knowledgeBaseId = await transaction.FirstAsync<string>(
                    "SELECT c.knowledge_base_id FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE m.id = @MessageId", With(rating), cancellationToken);
                if (knowledgeBaseId is null) return null;
                await transaction.RunAsync(
                    $"""
                    INSERT INTO feedback (message_id, helpful, reasons, comment, correction, created_at) VALUES (@MessageId, @helpful, @reasons, @Comment, @Correction, @now)
                    {database.Dialect.OnConflictUpdate("message_id", "helpful", "reasons", "comment", "correction", "created_at", "handled_at")}
                    """,
                    new
                    {
                        rating.MessageId,
                        helpful = rating.Helpful ? 1 : 0,
                        // A blank on either side of each, so that one of them is found as a whole word.
                        reasons = rating.Reasons.Count == 0 ? "" : $" {string.Join(' ', rating.Reasons.Distinct().Order().Select(Stored.Name))} ",
                        rating.Comment,
                        rating.Correction,
                        now = clock.Now(),
                    },
                    cancellationToken);
                return knowledgeBaseId;
            },
            cancellationToken);
    }

    /// <returns>The newest first.</returns>
    public Task<IReadOnlyList<FeedbackEntry>> ListAsync(FeedbackFilter filter, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<FeedbackEntry>>(
        async connection => (await connection.ListAsync<FeedbackRow>(
            $"""
            SELECT f.message_id, m.conversation_id, c.knowledge_base_id, m.text AS answer, m.citations, m.refused, f.helpful, f.reasons, f.comment, f.correction, f.created_at,
                f.handled_at, f.faq_id, {Question} AS question
            {From} {Where(filter)} ORDER BY f.created_at DESC, f.message_id DESC LIMIT @Limit OFFSET @Offset
            """,
            Arguments(filter),
            cancellationToken)).ConvertAll(row => row.ToRecord()),
        cancellationToken);

    /// <returns>How many there are, limit and offset aside.</returns>
    public Task<int> CountAsync(FeedbackFilter filter, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.FirstAsync<int>($"SELECT COUNT(*) {From} {Where(filter)}", Arguments(filter), cancellationToken), cancellationToken);

    /// <returns>What was said about a message; null when nothing was.</returns>
    public async Task<FeedbackEntry?> FindAsync(string messageId, CancellationToken cancellationToken) =>
        (await ListAsync(new FeedbackFilter { MessageId = messageId, Limit = 1 }, cancellationToken)).SingleOrDefault();

    /// <summary>Notes that an editor is through with it, or is not after all.</summary>
    /// <returns>False when it is not there.</returns>
    public async Task<bool> SetHandledAsync(string messageId, bool isHandled, CancellationToken cancellationToken) => await database.WriteAsync(
        transaction => transaction.RunAsync(
            "UPDATE feedback SET handled_at = @at WHERE message_id = @messageId", new { messageId, at = isHandled ? clock.Now() : (long?)null }, cancellationToken),
        cancellationToken) > 0;

    /// <summary>Notes the entry that came of it; with that it is handled.</summary>
    public Task LinkFaqAsync(string messageId, string faqId, CancellationToken cancellationToken) => database.WriteAsync(
        transaction => transaction.RunAsync(
            "UPDATE feedback SET faq_id = @faqId, handled_at = @now WHERE message_id = @messageId", new { messageId, faqId, now = clock.Now() }, cancellationToken),
        cancellationToken);

    /// <returns>The share of helpful answers among those that were rated since a time, by the name of the knowledge base; those without ratings are left out.</returns>
    public async Task<IReadOnlyDictionary<string, double>> GetHelpfulSharesAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            connection => connection.ListAsync<ShareRow>(
                $"SELECT k.name, AVG(f.helpful * 1.0) AS share {From} JOIN knowledge_bases k ON k.id = c.knowledge_base_id WHERE f.created_at >= @since GROUP BY k.name",
                With(new { since = Stored.Time(since) }),
                cancellationToken),
            cancellationToken);
        return rows.ToDictionary(row => row.Name, row => row.Share);
    }

    private static string Where(FeedbackFilter filter)
    {
        var conditions = new List<string>();
        if (filter.KnowledgeBaseId is not null) conditions.Add("c.knowledge_base_id = @KnowledgeBaseId");
        if (filter.Helpful is not null) conditions.Add("f.helpful = @helpful");
        if (filter.Reason is not null) conditions.Add("f.reasons LIKE @reason");
        if (filter.Handled is { } handled) conditions.Add(handled ? "f.handled_at IS NOT NULL" : "f.handled_at IS NULL");
        if (filter.FaqId is not null) conditions.Add("f.faq_id = @FaqId");
        if (filter.MessageId is not null) conditions.Add("f.message_id = @MessageId");
        if (!string.IsNullOrWhiteSpace(filter.Text))
            conditions.Add($"(m.text LIKE @text ESCAPE '!' OR f.comment LIKE @text ESCAPE '!' OR f.correction LIKE @text ESCAPE '!' OR {Question} LIKE @text ESCAPE '!')");
        return conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", conditions);
    }

    private static SqlArguments Arguments(FeedbackFilter filter) => With(new
    {
        filter.KnowledgeBaseId,
        helpful = filter.Helpful == true ? 1 : 0,
        reason = filter.Reason is { } reason ? $"% {Stored.Name(reason)} %" : null,
        filter.FaqId,
        filter.MessageId,
        text = $"%{filter.Text?.Trim().Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%",
        filter.Limit,
        filter.Offset,
    });

    private sealed class ShareRow
    {
        public string Name { get; set; } = "";

        public double Share { get; set; }
    }
}
