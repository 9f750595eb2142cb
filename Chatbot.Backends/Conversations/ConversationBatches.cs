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
        // Packed by whoever brings it: the one writer has better to do.
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
        using var conversations = new JsonRows();
        using var messages = new JsonRows();
        using var traces = new JsonRows();
        var results = new bool[batch.Count];
        for (var i = 0; i < batch.Count; i++)
        {
            var id = batch[i].ConversationId;
            if (!known.TryGetValue(id, out var conversation))
                continue;
            results[i] = true;
            conversation.IsTouched = true;
            if (batch[i].Message is not { } message)
                continue;
            // The conversation's time is its newest message's; each is later than the one before, so that the order is theirs.
            conversation.UpdatedAt = Math.Max(now, conversation.UpdatedAt + 1);
            var row = ConversationMessageRow.From(message, conversation.UpdatedAt);
            messages.Row().Add(row.Id).Add(row.ConversationId).Add(row.Role).Add(row.Text).Add(row.Citations).Add(row.TraceId).Add(row.Refused).Add(row.Degraded).Add(row.CreatedAt);
            if (batch[i].Steps is { } steps && row.TraceId is not null)
                traces.Row().Add(row.Id).Add(row.TraceId).Add(steps).Add(row.CreatedAt);
        }

        foreach (var (id, conversation) in known)
        {
            if (conversation.IsTouched)
                conversations.Row().Add(id).Add(conversation.KnowledgeBaseId).Add(conversation.CreatedAt).Add(conversation.UpdatedAt).Add(conversation.Visitor);
        }

        if (conversations.Count > 0)
        {
            await transaction.RunAsync(
                $"""
                INSERT INTO conversations (id, knowledge_base_id, created_at, updated_at, visitor)
                SELECT r.conversation, r.knowledge_base, r.created, r.updated, r.who FROM {database.Dialect.RowsOf("@rows", "conversation", "knowledge_base", "created", "updated", "who")}
                WHERE 1 = 1 {database.Dialect.OnConflictUpdate("id", "updated_at")}
                """,
                new { rows = conversations.End() },
                CancellationToken.None);
        }

        if (messages.Count > 0)
        {
            await transaction.RunAsync(
                $"""
                {database.Dialect.InsertOrIgnore} messages (id, conversation_id, role, text, citations, trace_id, refused, degraded, created_at)
                SELECT r.message, r.conversation, r.speaker, r.content, r.cited, r.trace, r.is_refused, r.is_degraded, r.created
                FROM {database.Dialect.RowsOf("@rows", "message", "conversation", "speaker", "content", "cited", "trace", "is_refused", "is_degraded", "created")}
                """,
                new { rows = messages.End() },
                CancellationToken.None);
        }

        if (traces.Count > 0)
        {
            await transaction.RunAsync(
                $"""
                {database.Dialect.InsertOrIgnore} message_traces (message_id, trace_id, steps, created_at)
                SELECT r.message, r.trace, r.made, r.created FROM {database.Dialect.RowsOf("@rows", "message", "trace", "made", "created")}
                """,
                new { rows = traces.End() },
                CancellationToken.None);
        }

        return results;
    }

    private async Task<Dictionary<string, State>> ReadAsync(DbTransaction transaction, List<Entry> batch)
    {
        var ids = JsonRows.Texts([.. batch.Select(entry => entry.ConversationId).Distinct(StringComparer.Ordinal)]);
        var known = (await transaction.ListAsync<State>(
                $"SELECT id, knowledge_base_id, visitor, created_at, updated_at FROM conversations WHERE id IN {database.Dialect.TextsOf("@ids")}", new { ids }, CancellationToken.None))
            .ToDictionary(state => state.Id, StringComparer.Ordinal);
        var started = batch.Where(entry => entry.Started is not null && !known.ContainsKey(entry.ConversationId)).Select(entry => entry.Started!).ToList();
        if (started.Count == 0)
            return known;
        var owners = JsonRows.Texts([.. started.Select(conversation => conversation.KnowledgeBaseId).Distinct(StringComparer.Ordinal)]);
        var there = (await transaction.ListAsync<string>(
            $"SELECT id FROM knowledge_bases WHERE id IN {database.Dialect.TextsOf("@owners")}", new { owners }, CancellationToken.None)).ToHashSet(StringComparer.Ordinal);
        foreach (var conversation in started.Where(conversation => there.Contains(conversation.KnowledgeBaseId)))
            known.TryAdd(conversation.Id, State.Of(conversation));
        return known;
    }

    private sealed class Entry(Conversation? started, ConversationMessage? message, string? steps)
    {
        public Conversation? Started => started;

        public ConversationMessage? Message => message;

        public string? Steps => steps;

        public string ConversationId { get; } = started?.Id ?? message!.ConversationId;

        // Whoever waits goes on elsewhere, not inside of the writer.
        public TaskCompletionSource<bool> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

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
