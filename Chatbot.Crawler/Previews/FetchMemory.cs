using System.Collections.Concurrent;
using Chatbot.Crawler.Fetching;
using Chatbot.Crawler.Rendering;
using Chatbot.Crawler.Sitemaps;

namespace Chatbot.Crawler.Previews;

/// <summary>
/// What previews of a site were sent, so that other rules are tried on it without asking the site again. What does not fit
/// is asked for again. Safe for concurrent use.
/// </summary>
internal sealed class FetchMemory
{
    private const long MostBytes = 32_000_000;

    private readonly ConcurrentDictionary<string, FetchResult> _pages = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RenderResult> _rendered = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SitemapFetchResult> _sitemaps = new(StringComparer.Ordinal);
    private long _bytes;
    private long _ticks;
    private int _asked;

    /// <summary>Pages that were really asked for.</summary>
    public int Asked => _asked;

    /// <summary>How long a page took that was really asked for, pauses included, with others beside it; zero before there was one.</summary>
    public TimeSpan Pace => _asked == 0 ? TimeSpan.Zero : new TimeSpan(Interlocked.Read(ref _ticks) / _asked);

    public FetchResult? FindPage(string url) => _pages.GetValueOrDefault(url);

    public void KeepPage(string url, FetchResult result)
    {
        Interlocked.Increment(ref _asked);
        // What may be otherwise in a moment is asked for again.
        if (result is not FetchResult.Failed { IsRetryable: true } && HasRoom(result is FetchResult.Fetched fetched ? fetched.Body.Length : 0))
            _pages[url] = result;
    }

    public RenderResult? FindRendered(string url) => _rendered.GetValueOrDefault(url);

    public void KeepRendered(string url, RenderResult result)
    {
        if (result is not RenderResult.Failed && HasRoom(result is RenderResult.Rendered rendered ? rendered.Html.Length : 0))
            _rendered[url] = result;
    }

    public SitemapFetchResult? FindSitemap(string url) => _sitemaps.GetValueOrDefault(url);

    public void KeepSitemap(string url, SitemapFetchResult result)
    {
        if (result is not SitemapFetchResult.Failed { IsRetryable: true } && HasRoom(result is SitemapFetchResult.Found found ? found.Body.Length : 0))
            _sitemaps[url] = result;
    }

    /// <summary>Notes how long a preview took.</summary>
    public void Spend(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);

    private bool HasRoom(int bytes)
    {
        // An entry by itself is worth something, too.
        var size = bytes + 500;
        if (Interlocked.Add(ref _bytes, size) <= MostBytes)
            return true;

        Interlocked.Add(ref _bytes, -size);
        return false;
    }
}
