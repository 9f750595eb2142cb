using System.Collections.Concurrent;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Backends.KnowledgeBases;

/// <summary>
/// The knowledge bases as questions see them, without asking the database for each. Changes of this process are seen at
/// once, those of others within <see cref="Freshness"/>. Safe for concurrent use.
/// </summary>
public sealed class KnowledgeBaseMemory(KnowledgeBaseStore store, TimeProvider clock)
{
    /// <summary>How long another process' change may stay unseen.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(500);

    // Each has a name and an id; whoever has more asks the database now and then.
    private const int Most = 2_000;

    private readonly ConcurrentDictionary<string, Known> all = new(StringComparer.Ordinal);

    /// <returns>The one with that name or id, or null.</returns>
    public ValueTask<KnowledgeBase?> FindAsync(string nameOrId, CancellationToken cancellationToken) =>
        all.TryGetValue(nameOrId, out var known) && known.Changes == store.Changes && clock.GetElapsedTime(known.Since) < Freshness
            ? ValueTask.FromResult<KnowledgeBase?>(known.KnowledgeBase)
            : new ValueTask<KnowledgeBase?>(ReadAsync(nameOrId, cancellationToken));

    private async Task<KnowledgeBase?> ReadAsync(string nameOrId, CancellationToken cancellationToken)
    {
        // Taken before reading: a change that comes meanwhile makes it old at once.
        var (changes, since) = (store.Changes, clock.GetTimestamp());
        var found = await store.FindAsync(nameOrId, cancellationToken);
        // Names that nobody has are not kept: anybody can make up more of them.
        if (found is null)
        {
            all.TryRemove(nameOrId, out _);
            return null;
        }

        if (all.Count >= Most) all.Clear();
        all[nameOrId] = new Known(found, changes, since);
        return found;
    }

    private sealed record Known(KnowledgeBase KnowledgeBase, long Changes, long Since);
}
