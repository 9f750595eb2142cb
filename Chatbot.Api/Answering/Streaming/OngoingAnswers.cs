using System.Collections.Concurrent;

namespace Chatbot.Api.Answering.Streaming;

/// <summary>The answers of this process that can be read on after a connection broke. Safe for concurrent use.</summary>
internal sealed class OngoingAnswers(TimeProvider clock)
{
    /// <summary>How long an answer can be read after its last word.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    // An answer has some thousand events at most, a tenth of a megabyte; whoever comes later gets a stream that cannot be resumed.
    private const int Most = 2_000;

    private readonly ConcurrentDictionary<string, OngoingAnswer> all = new(StringComparer.Ordinal);

    /// <summary>Begins an answer that is made whether or not it is read.</summary>
    /// <returns>Null when there are too many.</returns>
    public OngoingAnswer? Start(Func<CancellationToken, IAsyncEnumerable<AnswerEvent>> ask)
    {
        if (all.Count >= Most) return null;
        var answer = new OngoingAnswer(clock);
        all[answer.Id] = answer;
        _ = Task.Run(async () =>
        {
            await answer.FollowAsync(ask);
            await Task.Delay(Kept, clock);
            Forget(answer);
        });
        return answer;
    }

    /// <returns>The answer of that id, or null when there is none any more.</returns>
    public OngoingAnswer? Find(string id) => all.GetValueOrDefault(id);

    private void Forget(OngoingAnswer answer)
    {
        if (all.TryRemove(answer.Id, out _)) answer.Dispose();
    }
}
