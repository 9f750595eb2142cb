using Chatbot.Core.Caching;
using Microsoft.Extensions.Options;

namespace Chatbot.Backends.Embedded.Caching;

/// <summary>A cache within the process, bounded in bytes; the entry used longest ago goes first.</summary>
internal sealed class MemoryCacheWithTags(IOptions<CacheOptions> options, TimeProvider clock) : ICache
{
    // Dictionary and list nodes of an entry with a tag, by measurement about 300 bytes; rounded up.
    private const int EntryOverhead = 400;

    private readonly long capacity = options.Value.SizeMb * 1024L * 1024L;
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> entries = [];
    private readonly Dictionary<string, HashSet<string>> keysByTag = [];

    // The most recently used first.
    private readonly LinkedList<Entry> byUse = new();
    private long size;

    public Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (!entries.TryGetValue(key, out var node))
                return Task.FromResult<byte[]?>(null);
            if (node.Value.ExpiresAt <= clock.GetUtcNow())
            {
                Remove(node);
                return Task.FromResult<byte[]?>(null);
            }

            byUse.Remove(node);
            byUse.AddFirst(node);
            // A copy: what the caller does to it must not change what the next one gets.
            return Task.FromResult<byte[]?>((byte[])node.Value.Value.Clone());
        }
    }

    public Task SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan lifetime, IReadOnlyCollection<string> tags, CancellationToken cancellationToken)
    {
        string[] distinct = [.. tags.Distinct()];
        var cost = EntryOverhead + value.Length + (2L * key.Length) + distinct.Sum(tag => 2L * tag.Length);
        lock (gate)
        {
            if (entries.TryGetValue(key, out var old))
                Remove(old);
            if (lifetime <= TimeSpan.Zero || cost > capacity)
                return Task.CompletedTask;

            var now = clock.GetUtcNow();
            var expiresAt = lifetime < DateTimeOffset.MaxValue - now ? now + lifetime : DateTimeOffset.MaxValue;
            entries[key] = byUse.AddFirst(new Entry(key, value.ToArray(), expiresAt, distinct, cost));
            foreach (var tag in distinct)
            {
                if (!keysByTag.TryGetValue(tag, out var keys))
                    keysByTag[tag] = keys = [];
                keys.Add(key);
            }

            size += cost;
            while (size > capacity)
                Remove(byUse.Last!);
        }

        return Task.CompletedTask;
    }

    public Task RemoveAsync(string key, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (entries.TryGetValue(key, out var node))
                Remove(node);
        }

        return Task.CompletedTask;
    }

    public Task RemoveByTagAsync(string tag, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (keysByTag.TryGetValue(tag, out var keys))
            {
                foreach (var key in keys.ToArray())
                    Remove(entries[key]);
            }
        }

        return Task.CompletedTask;
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        var entry = node.Value;
        entries.Remove(entry.Key);
        byUse.Remove(node);
        size -= entry.Cost;
        foreach (var tag in entry.Tags)
        {
            var keys = keysByTag[tag];
            keys.Remove(entry.Key);
            if (keys.Count == 0)
                keysByTag.Remove(tag);
        }
    }

    private sealed record Entry(string Key, byte[] Value, DateTimeOffset ExpiresAt, string[] Tags, long Cost);
}
