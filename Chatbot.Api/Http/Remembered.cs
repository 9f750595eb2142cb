using System.Collections.Concurrent;

namespace Chatbot.Api.Http;

/// <summary>
/// What editors set of each knowledge base, as it was read lately: every question needs it, and it hardly ever changes.
/// What this process changes is forgotten at once, what others change after <see cref="Freshness"/>. Safe for concurrent use.
/// </summary>
/// <param name="read">By the id of the knowledge base.</param>
internal sealed class Remembered<T>(TimeProvider clock, Func<string, CancellationToken, Task<T>> read)
{
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (long At, T Value)> _known = new(StringComparer.Ordinal);
    private long _changes;

    public async Task<T> GetAsync(string knowledgeBaseId, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(knowledgeBaseId, out var known) && clock.GetElapsedTime(known.At) < Freshness) return known.Value;
        var changes = Interlocked.Read(ref _changes);
        var at = clock.GetTimestamp();
        var value = await read(knowledgeBaseId, cancellationToken);
        // What was changed meanwhile may not be in what was read.
        if (changes == Interlocked.Read(ref _changes)) _known[knowledgeBaseId] = (at, value);
        return value;
    }

    public void Forget(string knowledgeBaseId)
    {
        Interlocked.Increment(ref _changes);
        _known.TryRemove(knowledgeBaseId, out _);
    }
}
