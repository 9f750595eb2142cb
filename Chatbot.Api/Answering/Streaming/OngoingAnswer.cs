using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Chatbot.Api.Answering.Streaming;

/// <summary>
/// An answer that is made whether or not somebody reads it just now, with all its events so far: a visitor whose connection
/// broke reads on where he was. Safe for concurrent use.
/// </summary>
internal sealed class OngoingAnswer : IDisposable
{
    /// <summary>A visitor who is not back by then has left, and the model is stopped.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly List<AnswerEvent> events = [];
    private readonly CancellationTokenSource stopping = new();
    private readonly ITimer left;
    private TaskCompletionSource changed = New();
    private int readers;
    private bool isEnded;

    public OngoingAnswer(TimeProvider clock) => left = clock.CreateTimer(static state => ((OngoingAnswer)state!).Stop(), this, Patience, Timeout.InfiniteTimeSpan);

    /// <summary>Who knows it may read the answer; 128 random bits.</summary>
    public string Id { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Takes the events of an answer until its last one. Never throws.</summary>
    public async Task FollowAsync(Func<CancellationToken, IAsyncEnumerable<AnswerEvent>> ask)
    {
        try
        {
            await foreach (var happened in ask(stopping.Token))
                Add(happened is AnswerEvent.Meta meta ? meta with { StreamId = Id } : happened);
        }
        catch (OperationCanceledException)
        {
            // Nobody came back, or the visitor stopped it.
        }
        finally
        {
            End();
        }
    }

    /// <summary>Ends it where it is.</summary>
    public void Stop()
    {
        try
        {
            stopping.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It is over already.
        }
    }

    /// <summary>The events after a number (their own count from 1), then those to come, until the last one.</summary>
    public async IAsyncEnumerable<AnswerEvent> ReadAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Enter();
        try
        {
            for (var next = (int)Math.Clamp(after, 0, int.MaxValue); ;)
            {
                AnswerEvent? happened = null;
                Task more;
                lock (gate)
                {
                    if (next < events.Count) happened = events[next++];
                    else if (isEnded) yield break;
                    more = changed.Task;
                }

                if (happened is not null) yield return happened;
                else await more.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            Leave();
        }
    }

    public void Dispose()
    {
        left.Dispose();
        stopping.Dispose();
    }

    private void Enter()
    {
        lock (gate)
        {
            readers++;
            left.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private void Leave()
    {
        lock (gate)
        {
            if (--readers == 0 && !isEnded) left.Change(Patience, Timeout.InfiniteTimeSpan);
        }
    }

    private void Add(AnswerEvent happened) => Signal(() => events.Add(happened));

    private void End() => Signal(() =>
    {
        isEnded = true;
        left.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    });

    private void Signal(Action change)
    {
        TaskCompletionSource before;
        lock (gate)
        {
            change();
            (before, changed) = (changed, New());
        }

        before.SetResult();
    }

    // Readers go on elsewhere, not inside of what makes the answer.
    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
