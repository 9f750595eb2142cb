using System.Collections.Concurrent;

namespace Chatbot.Crawler.Rendering;

/// <summary>Learns per site on which pages rendering gains something, over runs and restarts. Safe for concurrent use.</summary>
internal sealed class RenderMemory(RenderPatternStore store)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<ConcurrentDictionary<string, RenderPattern>>>> _sites = new(StringComparer.Ordinal);

    public async Task<bool> IsWorthTryingAsync(string siteId, Uri url, RenderReason reason, CancellationToken cancellationToken)
    {
        var pattern = await FindAsync(siteId, RenderPattern.Of(reason, url), cancellationToken);
        lock (pattern)
            return pattern.IsWorthTrying(reason.IsStrong);
    }

    public async Task LearnAsync(string siteId, Uri url, RenderReason reason, bool gained, CancellationToken cancellationToken)
    {
        var pattern = await FindAsync(siteId, RenderPattern.Of(reason, url), cancellationToken);
        RenderPattern copy;
        lock (pattern)
        {
            pattern.Learn(gained);
            copy = new RenderPattern { Pattern = pattern.Pattern, Tried = pattern.Tried, Gained = pattern.Gained, Barren = pattern.Barren };
        }

        await store.SaveAsync(siteId, copy, cancellationToken);
    }

    private async Task<RenderPattern> FindAsync(string siteId, string pattern, CancellationToken cancellationToken)
    {
        var site = _sites.GetOrAdd(siteId, id => new(() => LoadAsync(id)));
        try
        {
            return (await site.Value.WaitAsync(cancellationToken)).GetOrAdd(pattern, p => new RenderPattern { Pattern = p });
        }
        catch when (site.Value.IsFaulted)
        {
            // Read again next time.
            _sites.TryRemove(siteId, out _);
            throw;
        }
    }

    private async Task<ConcurrentDictionary<string, RenderPattern>> LoadAsync(string siteId)
    {
        // For all who wait, so with nobody's token.
        var known = await store.ListAsync(siteId, CancellationToken.None);
        return new(known.Select(p => KeyValuePair.Create(p.Pattern, p)), StringComparer.Ordinal);
    }
}
