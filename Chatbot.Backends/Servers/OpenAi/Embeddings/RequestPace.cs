namespace Chatbot.Backends.Servers.OpenAi.Embeddings;

/// <summary>
/// Keeps requests under a limit by spreading them evenly: a provider that counts by the second is content, too. Safe for
/// concurrent use.
/// </summary>
/// <param name="requestsPerMinute">0 sets no limit.</param>
/// <param name="tokensPerMinute">0 sets no limit.</param>
internal sealed class RequestPace(int requestsPerMinute, int tokensPerMinute, TimeProvider time)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _free = DateTimeOffset.MinValue;

    /// <summary>Waits until a request may go out, and counts it.</summary>
    /// <param name="tokens">That it holds.</param>
    /// <param name="urgent">Counts, but does not wait: somebody does.</param>
    public Task WaitAsync(long tokens, bool urgent, CancellationToken cancellationToken)
    {
        if (requestsPerMinute == 0 && tokensPerMinute == 0) return Task.CompletedTask;
        TimeSpan wait;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_free < now) _free = now;
            wait = _free - now;
            _free += TimeSpan.FromMinutes(Math.Max(requestsPerMinute == 0 ? 0 : 1d / requestsPerMinute, tokensPerMinute == 0 ? 0 : (double)tokens / tokensPerMinute));
        }

        return urgent || wait <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(wait, time, cancellationToken);
    }
}
