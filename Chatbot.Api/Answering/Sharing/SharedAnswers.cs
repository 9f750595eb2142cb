using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Chatbot.Api.Answering.Caching;
using Chatbot.Api.Retrieval;
using Chatbot.Api.Telemetry;

namespace Chatbot.Api.Answering.Sharing;

/// <summary>
/// Has the same question written once when many ask it at the same time, as happens when a page is in the news and the cache
/// does not have it yet. The same are those that the cache would give one answer to. Safe for concurrent use.
/// </summary>
internal sealed class SharedAnswers(AnswerWriter writer, ApiTelemetry telemetry)
{
    private readonly ConcurrentDictionary<(AnswerKey Key, long Generation), SharedAnswer> _open = new();

    /// <summary>How many wait for answers that are being written.</summary>
    public int Readers => _open.Values.Sum(answer => answer.Readers);

    /// <param name="key">Null where the answer is this one's alone.</param>
    public async IAsyncEnumerable<AnswerPart> WriteAsync(AnswerKey? key, Question question, RetrievalResult found, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Who wants the trace wants to see the steps.
        if (key is null || found.IsUnavailable || question.Trace.IsWanted)
        {
            await foreach (var part in writer.WriteAsync(question, found, cancellationToken)) yield return part;
            yield break;
        }

        var (shared, isOwn) = Enter((key, found.Generation), question, found);
        try
        {
            if (!isOwn)
            {
                telemetry.Joined();
                question.Trace.Add("join", ("written in trace", shared.TraceId ?? ""));
            }

            await foreach (var part in shared.ReadAsync(cancellationToken))
                // What it cost was spent once.
                yield return part is AnswerPart.End(var answer) && !isOwn ? new AnswerPart.End(answer with { Usage = null }) : part;
        }
        finally
        {
            shared.Leave();
        }
    }

    private (SharedAnswer Answer, bool IsOwn) Enter((AnswerKey, long) key, Question question, RetrievalResult found)
    {
        while (true)
        {
            if (_open.TryGetValue(key, out var open) && open.TryEnter()) return (open, false);
            var own = new SharedAnswer();
            own.TryEnter();
            // One that all have left may not be out of the way yet.
            if (open is null ? !_open.TryAdd(key, own) : !_open.TryUpdate(key, own, open)) continue;
            _ = FollowAsync(own);
            return (own, true);
        }

        async Task FollowAsync(SharedAnswer own)
        {
            // Not within the request of who came first: he may leave.
            await Task.Yield();
            await own.FollowAsync(token => writer.WriteAsync(question, found, token));
            _open.TryRemove(new(key, own));
            own.Dispose();
        }
    }
}
