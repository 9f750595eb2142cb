using System.Collections.Concurrent;
using System.Data.Common;
using Chatbot.Backends.Data;
using Chatbot.Core.Data;

namespace Chatbot.Backends.Conversations;

/// <summary>
/// Writes what many questions have to keep in one transaction: whatever came while the last one was being committed is the
/// next one. Nobody waits for a batch to fill. Safe for concurrent use.
/// </summary>
internal sealed class ConversationBatches(Database database, TimeProvider clock)
{
    // About a megabyte of answers; writers of other matters get their turn between two.
    private const int MostAtOnce = 256;

    private readonly ConcurrentQueue<Entry> waiting = new();
    private int isWriting;

    /// <summary>Keeps a conversation that begins, a message at the end of one, or both. One that is already there is not doubled.</summary>
    /// <param name="started">A conversation that may not be kept yet; null when it is.</param>
    /// <param name="steps">How the message came about; null when that is not kept.</param>
    /// <returns>Completes when it is durable. False when there is no such conversation, or its knowledge base is gone.</returns>
    public Task<bool> AddAsync(Conversation? started, ConversationMessage? message, string? steps = null)
    {
        var entry = new Entry(started, message, steps is null ? null : MessageTraceStore.Pack(steps));
        waiting.Enqueue(entry);
        if (Interlocked.Exchange(ref isWriting, 1) == 0)
        {
            // It is no part of the request that came first.
            using (ExecutionContext.SuppressFlow())
            {
                _ = Task.Run(WriteAllAsync, CancellationToken.None);
            }
        }

        return entry.Written.Task;
    }

    private async Task WriteAllAsync()
    {
        do
        {
            var batch = new List<Entry>();
            while (waiting.TryPeek(out _))
            {
                batch.Clear();
                while (batch.Count < MostAtOnce && waiting.TryDequeue(out var entry))
                    batch.Add(entry);
                await WriteAsync(batch);
            }

            Volatile.Write(ref isWriting, 0);
        }
        // One may have come after the last look.
        while (!waiting.IsEmpty && Interlocked.Exchange(ref isWriting, 1) == 0);
    }

    private async Task WriteAsync(List<Entry> batch)
    {
        try
        {
            var results = await database.WriteAsync(transaction => WriteAsync(transaction, batch), CancellationToken.None);
            for (var i = 0; i < batch.Count; i++)
                batch[i].Written.TrySetResult(results[i]);
        }
        catch (Exception error) when (batch.Count == 1)
        {
            batch[0].Written.TrySetException(error);
        }
        catch (Exception)
        {
            // One that cannot be written must not take the others with it.
            foreach (var entry in batch)
                await WriteAsync([entry]);
        }
    }

    private async Task<bool[]> WriteAsync(DbTransaction transaction, List<Entry> batch)
    {
        var now = clock.Now();
        var known = await ReadAsync(transaction, batch);
        // Row by row: texts within a JSON parameter would be parsed anew for each of their columns, by the one writer that all wait for.
        var (messages, traces) = (new List<ConversationMessageRow>(), new List<TraceRow>());
        var results = new bool[batch.Count];
        for (var i = 0; i < batch.Count; i++)
        {
            if (!known.TryGetValue(batch[i].ConversationId, out var conversation))
                continue;
            results[i] = true;
            conversation.IsTouched = true;
            if (batch[i].Row is not { } row)
                continue;
            // The conversation's time is its newest message's; each is later than the one before, so that the order is theirs.
            conversation.UpdatedAt = Math.Max(now, conversation.UpdatedAt + 1);
            row.CreatedAt = conversation.UpdatedAt;
            messages.Add(row);
            if (batch[i].Steps is { } steps && row.TraceId is { } traceId)
                traces.Add(new TraceRow(row.Id, traceId, steps, row.CreatedAt));
        }

        await transaction.RunEachAsync(
            $"""
            INSERT INTO conversations (id, knowledge_base_id, created_at, updated_at, visitor) VALUES (@Id, @KnowledgeBaseId, @CreatedAt, @UpdatedAt, @Visitor)
            {database.Dialect.OnConflictUpdate("id", "updated_at")}
            """,
            known.Values.Where(conversation => conversation.IsTouched),
            CancellationToken.None);
        await transaction.RunEachAsync(
            $"""
            {database.Dialect.InsertOrIgnore} messages (id, conversation_id, role, text, citations, outcome, trace_id, refused, degraded, created_at)
            VALUES (@Id, @ConversationId, @Role, @Text, @Citations, @Outcome, @TraceId, @Refused, @Degraded, @CreatedAt)
            """,
            messages,
            CancellationToken.None);
        await transaction.RunEachAsync(
            $"{database.Dialect.InsertOrIgnore} message_traces (message_id, trace_id, steps, created_at) VALUES (@MessageId, @TraceId, @Steps, @CreatedAt)",
            traces,
            CancellationToken.None);
        return results;
    }

    private async Task<Dictionary<string, State>> ReadAsync(DbTransaction transaction, List<Entry> batch)
    {
        var ids = JsonRows.Texts([.. batch.Select(entry => entry.ConversationId).Distinct(StringComparer.Ordinal)]);
        var known = (await transaction.ListAsync<State>(
                $"SELECT id, knowledge_base_id, visitor, created_at, updated_at FROM conversations WHERE id IN {database.Dialect.TextsOf("@ids")}", With(new { ids }), CancellationToken.None))
            .ToDictionary(state => state.Id, StringComparer.Ordinal);
        var started = batch.Where(entry => entry.Started is not null && !known.ContainsKey(entry.ConversationId)).Select(entry => entry.Started!).ToList();
        if (started.Count == 0)
            return known;
        var owners = JsonRows.Texts([.. started.Select(conversation => conversation.KnowledgeBaseId).Distinct(StringComparer.Ordinal)]);
        var there = (await transaction.ListAsync<string>(
            $"SELECT id FROM knowledge_bases WHERE id IN {database.Dialect.TextsOf("@owners")}", With(new { owners }), CancellationToken.None)).ToHashSet(StringComparer.Ordinal);
        foreach (var conversation in started.Where(conversation => there.Contains(conversation.KnowledgeBaseId)))
            known.TryAdd(conversation.Id, State.Of(conversation));
        return known;
    }

    private sealed class Entry(Conversation? started, ConversationMessage? message, string? steps)
    {
        public Conversation? Started => started;

        /// <summary>Written out by whoever brings it: the one writer has better to do.</summary>
        public ConversationMessageRow? Row { get; } = message is null ? null : ConversationMessageRow.From(message, createdAt: 0);

        public string? Steps => steps;

        public string ConversationId { get; } = started?.Id ?? message!.ConversationId;

        // Whoever waits goes on elsewhere, not inside of the writer.
        public TaskCompletionSource<bool> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed record TraceRow(string MessageId, string TraceId, string Steps, long CreatedAt);

    private sealed class State
    {
        public string Id { get; set; } = "";

        public string KnowledgeBaseId { get; set; } = "";

        public string? Visitor { get; set; }

        public long CreatedAt { get; set; }

        public long UpdatedAt { get; set; }

        public bool IsTouched { get; set; }

        public static State Of(Conversation it) => new()
        {
            Id = it.Id, KnowledgeBaseId = it.KnowledgeBaseId, Visitor = it.Visitor, CreatedAt = Stored.Time(it.CreatedAt), UpdatedAt = Stored.Time(it.UpdatedAt),
        };
    }
}
