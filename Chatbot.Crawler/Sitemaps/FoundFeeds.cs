namespace Chatbot.Crawler.Sitemaps;

/// <summary>The feeds that pages of a run name, until somebody reads them, and which files were read already. Safe for concurrent use.</summary>
internal sealed class FoundFeeds
{
    /// <summary>Feeds of one run: blogs have one for the comments of each entry.</summary>
    public const int MaxFeeds = 10;

    // Feeds of the whole site stand on its first pages, and on all others again.
    private const int MaxDepth = 1;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly HashSet<string> _offered = new(StringComparer.Ordinal);
    private readonly Queue<(string Url, string FoundOn)> _waiting = new();

    public bool Any
    {
        get
        {
            lock (_lock)
                return _waiting.Count > 0;
        }
    }

    /// <param name="feeds">Absolute URLs.</param>
    /// <param name="page">The page that names them.</param>
    /// <param name="depth">Its links away from a start URL.</param>
    public void Offer(IReadOnlyList<string> feeds, string page, int depth)
    {
        if (depth > MaxDepth || feeds.Count == 0)
            return;

        lock (_lock)
        {
            foreach (var feed in feeds)
                if (_offered.Count < MaxFeeds && !_read.Contains(feed) && _offered.Add(feed))
                    _waiting.Enqueue((feed, page));
        }
    }

    public bool TryTake(out (string Url, string FoundOn) feed)
    {
        lock (_lock)
            return _waiting.TryDequeue(out feed);
    }

    /// <returns>False when the file was read before.</returns>
    public bool TryRead(string url)
    {
        lock (_lock)
            return _read.Add(url);
    }
}
