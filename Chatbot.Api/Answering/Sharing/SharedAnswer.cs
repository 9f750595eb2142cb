using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Chatbot.Api.Answering.Sharing;

/// <summary>
/// An answer that is being written for all who ask the same now. Each reads it from its beginning; it is written on as long as
/// one of them reads, whoever was the first. Safe for concurrent use.
/// </summary>
internal sealed class SharedAnswer : IDisposable
{
    private readonly Lock gate = new();
    private readonly List<AnswerPart> parts = [];
    private readonly CancellationTokenSource stopping = new();
    private TaskCompletionSource changed = New();
    private Exception? broken;
    private int readers;
    private bool isEnded, isGivenUp;

    /// <summary>Of who asked first.</summary>
    public string? TraceId { get; } = Activity.Current?.TraceId.ToHexString();

    public int Readers
    {
        get
        {
            lock (gate) return readers;
        }
    }

    /// <returns>False when it is too late: it was given up.</returns>
    public bool TryEnter()
    {
        lock (gate)
        {
            if (isGivenUp) return false;
            readers++;
            return true;
        }
    }

    public void Leave()
    {
        lock (gate)
        {
            if (--readers > 0 || isEnded) return;
            isGivenUp = true;
        }

        try
        {
            stopping.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It came to its end just now.
        }
    }

    public void Dispose() => stopping.Dispose();

    /// <summary>Takes the parts of the answer until its end. Never throws.</summary>
    public async Task FollowAsync(Func<CancellationToken, IAsyncEnumerable<AnswerPart>> write)
    {
        try
        {
            await foreach (var part in write(stopping.Token)) Signal(() => parts.Add(part));
        }
        catch (Exception error)
        {
            broken = error;
        }
        finally
        {
            Signal(() => isEnded = true);
        }
    }

    /// <summary>All parts from the first, then those to come. Only between <see cref="TryEnter"/> and <see cref="Leave"/>.</summary>
    public async IAsyncEnumerable<AnswerPart> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var next = 0; ;)
        {
            AnswerPart? part = null;
            Task more;
            lock (gate)
            {
                if (next < parts.Count) part = parts[next++];
                else if (isEnded) break;
                more = changed.Task;
            }

            if (part is not null) yield return part;
            else await more.WaitAsync(cancellationToken);
        }

        if (broken is not null) throw new InvalidOperationException("The answer that several wait for broke.", broken);
    }

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

    // Readers go on elsewhere, not inside of what writes the answer.
    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
