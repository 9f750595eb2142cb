using System.Collections.Concurrent;

namespace Chatbot.Backends.Embedded.Jobs;

/// <summary>Wakes the waiting workers of this process when a queue got jobs. Safe for concurrent use.</summary>
internal sealed class JobSignals
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> signals = new();

    /// <summary>Completes with the next <see cref="Raise"/>. Take it before looking into the queue: then none is missed.</summary>
    public Task Next(string queue) => signals.GetOrAdd(queue, _ => New()).Task;

    public void Raise(string queue)
    {
        if (signals.TryRemove(queue, out var signal))
            signal.TrySetResult();
    }

    // Waiters go on elsewhere, not inside of the publisher.
    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
