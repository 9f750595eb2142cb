using System.Collections.Concurrent;

namespace Chatbot.Crawler.ErrorPages;

/// <summary>The error pages that a run has asked for, one for each family of addresses. Safe for concurrent use.</summary>
internal sealed class KnownErrorPages
{
    // Requests of one run for what does not exist; a site with more folders than this of pages that read like errors keeps them.
    private const int MaxFamilies = 100;

    private readonly ConcurrentDictionary<string, Lazy<Task<ErrorPage?>>> _pages = new(StringComparer.Ordinal);

    /// <summary>Asks once for each family; whoever comes meanwhile waits for the answer.</summary>
    public async Task<ErrorPage?> GetAsync(string family, Func<Task<ErrorPage?>> ask)
    {
        if (_pages.Count >= MaxFamilies && !_pages.ContainsKey(family))
            return null;

        return await _pages.GetOrAdd(family, _ => new Lazy<Task<ErrorPage?>>(ask)).Value;
    }
}
