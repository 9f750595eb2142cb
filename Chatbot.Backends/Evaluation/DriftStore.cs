using System.Text.Json;
using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Core.Data;

namespace Chatbot.Backends.Evaluation;

/// <summary>Which crawls call for asking again, what was answered last, and what became of it. Safe for concurrent use, by several processes too.</summary>
public sealed class DriftStore(Database database, TimeProvider clock)
{
    // Longer than looking after one crawl may take.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(30);

    // What ended before the server that looks was there for so long is past.
    private static readonly TimeSpan Recent = TimeSpan.FromDays(2);

    private const string Waiting =
        """
        SELECT r.id AS run_id, s.knowledge_base_id, COALESCE(r.started_at, r.created_at) AS crawl_started_at, r.finished_at AS crawl_finished_at
        FROM crawl_runs r JOIN sites s ON s.id = r.site_id LEFT JOIN drift_checks d ON d.run_id = r.id
        LEFT JOIN evaluation_settings e ON e.knowledge_base_id = s.knowledge_base_id
        WHERE r.state = 'completed' AND r.finished_at >= @recent AND r.new_pages + r.changed_pages + r.gone_pages > 0
            AND (d.run_id IS NULL OR (d.finished_at IS NULL AND d.leased_until < @now)) AND COALESCE(e.drift, 1) = 1
        ORDER BY r.finished_at
        """;

    /// <summary>Takes the oldest crawl that changed something and after which nobody looked yet. Of several of one knowledge base the last is enough: the others count as looked after.</summary>
    /// <returns>Null when there is none.</returns>
    public async Task<DriftCheck?> TakeAsync(CancellationToken cancellationToken)
    {
        // Mostly there is none, and to see that needs no lock.
        var waiting = await database.ReadAsync(connection => connection.ListAsync<CheckRow>(Waiting, Moment(), cancellationToken), cancellationToken);
        return waiting.Count == 0 ? null : await TakeWaitingAsync(cancellationToken);
    }

    private Task<DriftCheck?> TakeWaitingAsync(CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            var now = clock.Now();
            var rows = await transaction.ListAsync<CheckRow>(Waiting, Moment(), cancellationToken);
            if (rows.Count == 0) return null;
            var mine = rows.Where(row => row.KnowledgeBaseId == rows[0].KnowledgeBaseId).ToList();
            foreach (var row in mine)
                await transaction.RunAsync(
                    $"""
                    INSERT INTO drift_checks (run_id, knowledge_base_id, leased_until, finished_at) VALUES (@RunId, @KnowledgeBaseId, @until, @finished)
                    {database.Dialect.OnConflictUpdate("run_id", "leased_until", "finished_at")}
                    """,
                    new { row.RunId, row.KnowledgeBaseId, until = now + (long)Lease.TotalMilliseconds, finished = row == mine[^1] ? (long?)null : now },
                    cancellationToken);
            return new DriftCheck(mine[^1].RunId, mine[^1].KnowledgeBaseId, Stored.Time(mine.Min(row => row.CrawlStartedAt)), Stored.Time(mine[^1].CrawlFinishedAt));
        },
        cancellationToken);

    /// <summary>Gives a crawl back for a later look.</summary>
    public Task PutOffAsync(DriftCheck check, TimeSpan pause, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(check);
        return database.WriteAsync(
            transaction => transaction.RunAsync("UPDATE drift_checks SET leased_until = @until WHERE run_id = @RunId", new { check.RunId, until = clock.Now() + (long)pause.TotalMilliseconds }, cancellationToken), cancellationToken);
    }

    public Task FinishAsync(DriftCheck check, int questions, int changed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(check);
        return database.WriteAsync(
            transaction => transaction.RunAsync(
                "UPDATE drift_checks SET finished_at = @now, questions = @questions, changed = @changed, leased_until = NULL WHERE run_id = @RunId", new { check.RunId, questions, changed, now = clock.Now() }, cancellationToken),
            cancellationToken);
    }

    /// <returns>What was answered last; null when the question was not asked yet.</returns>
    public Task<KnownAnswer?> FindAsync(string knowledgeBaseId, string question, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => await connection.FirstAsync<AnswerRow>(
            "SELECT answer, cited, refused, model FROM known_answers WHERE knowledge_base_id = @knowledgeBaseId AND question_hash = @hash",
            With(new { knowledgeBaseId, hash = GoldenQuestionStore.HashOf(question) }),
            cancellationToken) is { } row ? new KnownAnswer(row.Answer, Texts(row.Cited), row.Refused != 0, row.Model) : null,
        cancellationToken);

    /// <summary>Keeps what was answered now and, where that is another answer than before, that it is: both or neither.</summary>
    public Task KeepAsync(string knowledgeBaseId, string question, KnownAnswer answer, AnswerChange? change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return database.WriteAsync(
            async transaction =>
            {
                await transaction.RunAsync(
                    $"""
                    INSERT INTO known_answers (knowledge_base_id, question_hash, answer, cited, refused, model, asked_at) VALUES (@knowledgeBaseId, @hash, @Answer, @cited, @refused, @Model, @now)
                    {database.Dialect.OnConflictUpdate("knowledge_base_id, question_hash", "answer", "cited", "refused", "model", "asked_at")}
                    """,
                    new { knowledgeBaseId, hash = GoldenQuestionStore.HashOf(question), answer.Answer, cited = Json(answer.Cited), refused = answer.Refused ? 1 : 0, answer.Model, now = clock.Now() },
                    cancellationToken);
                if (change is null) return;
                await transaction.RunAsync(
                    """
                    INSERT INTO answer_changes (id, knowledge_base_id, run_id, question, times, before_answer, before_cited, before_refused, after_answer, after_cited, after_refused, pages, created_at)
                    VALUES (@Id, @KnowledgeBaseId, @RunId, @Question, @Times, @beforeAnswer, @beforeCited, @beforeRefused, @afterAnswer, @afterCited, @afterRefused, @pages, @now)
                    """,
                    new
                    {
                        change.Id,
                        change.KnowledgeBaseId,
                        change.RunId,
                        change.Question,
                        change.Times,
                        beforeAnswer = change.Before.Answer,
                        beforeCited = Json(change.Before.Cited),
                        beforeRefused = change.Before.Refused ? 1 : 0,
                        afterAnswer = change.After.Answer,
                        afterCited = Json(change.After.Cited),
                        afterRefused = change.After.Refused ? 1 : 0,
                        pages = Json(change.Pages),
                        now = clock.Now(),
                    },
                    cancellationToken);
            },
            cancellationToken);
    }

    /// <param name="seen">Those alone that an editor was through with, or was not; null both.</param>
    /// <returns>The newest first, and how many there are.</returns>
    public Task<(IReadOnlyList<AnswerChange> Items, int Total)> ListAsync(string knowledgeBaseId, bool? seen, int limit, int offset, CancellationToken cancellationToken)
    {
        var where = "WHERE knowledge_base_id = @knowledgeBaseId" + seen switch { true => " AND seen_at IS NOT NULL", false => " AND seen_at IS NULL", null => "" };
        return database.ReadAsync<(IReadOnlyList<AnswerChange>, int)>(
            async connection => (
                (await connection.ListAsync<ChangeRow>(
                    $"""
                    SELECT id, knowledge_base_id, run_id, question, times, before_answer, before_cited, before_refused, after_answer, after_cited, after_refused, pages, created_at, seen_at
                    FROM answer_changes {where} ORDER BY created_at DESC, id DESC LIMIT @limit OFFSET @offset
                    """,
                    With(new { knowledgeBaseId, limit, offset }),
                    cancellationToken)).ConvertAll(row => row.ToRecord()),
                await connection.FirstAsync<int>($"SELECT COUNT(*) FROM answer_changes {where}", With(new { knowledgeBaseId }), cancellationToken)),
            cancellationToken);
    }

    /// <summary>An editor is through with a change.</summary>
    /// <returns>False when it is not there.</returns>
    public async Task<bool> SeeAsync(string id, CancellationToken cancellationToken) => await database.WriteAsync(
        transaction => transaction.RunAsync("UPDATE answer_changes SET seen_at = COALESCE(seen_at, @now) WHERE id = @id", new { id, now = clock.Now() }, cancellationToken), cancellationToken) > 0;

    /// <returns>When editors last found that items still say what their sources say, by the items' ids.</returns>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> GetConfirmationsAsync(CancellationToken cancellationToken) =>
        (await database.ReadAsync(connection => connection.ListAsync<ConfirmationRow>("SELECT item_id, confirmed_at FROM source_confirmations", null, cancellationToken), cancellationToken))
            .ToDictionary(row => row.ItemId, row => Stored.Time(row.ConfirmedAt));

    /// <summary>An editor finds that an item still says what its source says.</summary>
    public Task ConfirmAsync(string itemId, CancellationToken cancellationToken) => database.WriteAsync(
        transaction => transaction.RunAsync(
            $"INSERT INTO source_confirmations (item_id, confirmed_at) VALUES (@itemId, @now) {database.Dialect.OnConflictUpdate("item_id", "confirmed_at")}", new { itemId, now = clock.Now() }, cancellationToken),
        cancellationToken);

    private SqlArguments Moment() => With(new { now = clock.Now(), recent = clock.Now() - (long)Recent.TotalMilliseconds });

    private static string Json(IReadOnlyList<string> texts) => JsonSerializer.Serialize(texts, CoreJson.Default.IReadOnlyListString);

    private static List<string> Texts(string json) => JsonSerializer.Deserialize(json, CoreJson.Default.ListString) ?? [];

    private sealed class CheckRow
    {
        public string RunId { get; set; } = "";

        public string KnowledgeBaseId { get; set; } = "";

        public long CrawlStartedAt { get; set; }

        public long CrawlFinishedAt { get; set; }
    }

    private sealed class AnswerRow
    {
        public string Answer { get; set; } = "";

        public string Cited { get; set; } = "[]";

        public int Refused { get; set; }

        public string? Model { get; set; }
    }

    private sealed class ConfirmationRow
    {
        public string ItemId { get; set; } = "";

        public long ConfirmedAt { get; set; }
    }

    private sealed class ChangeRow
    {
        public string Id { get; set; } = "";

        public string KnowledgeBaseId { get; set; } = "";

        public string RunId { get; set; } = "";

        public string Question { get; set; } = "";

        public int Times { get; set; }

        public string BeforeAnswer { get; set; } = "";

        public string BeforeCited { get; set; } = "[]";

        public int BeforeRefused { get; set; }

        public string AfterAnswer { get; set; } = "";

        public string AfterCited { get; set; } = "[]";

        public int AfterRefused { get; set; }

        public string Pages { get; set; } = "[]";

        public long CreatedAt { get; set; }

        public long? SeenAt { get; set; }

        public AnswerChange ToRecord() => new(
            Id,
            KnowledgeBaseId,
            RunId,
            Question,
            Times,
            new KnownAnswer(BeforeAnswer, Texts(BeforeCited), BeforeRefused != 0, null),
            new KnownAnswer(AfterAnswer, Texts(AfterCited), AfterRefused != 0, null),
            Texts(Pages),
            Stored.Time(CreatedAt),
            Stored.Time(SeenAt));
    }
}
