namespace Chatbot.Api.Evaluations;

/// <summary>Knows whether visitors wait for answers, so that questions that nobody waits for come after theirs. Safe for concurrent use.</summary>
internal sealed class VisitorTraffic(TimeProvider clock)
{
    // A busy server never has a pause: after so long one question is asked all the same.
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private int waiting;

    public void Began() => Interlocked.Increment(ref waiting);

    public void Ended() => Interlocked.Decrement(ref waiting);

    /// <summary>Returns when no visitor waits, or after two seconds.</summary>
    public async Task LetPassAsync(CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; Volatile.Read(ref waiting) > 0 && waited < Most; waited += Look)
            await Task.Delay(Look, clock, cancellationToken);
    }
}
