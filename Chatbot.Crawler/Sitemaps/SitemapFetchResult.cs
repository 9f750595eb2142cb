namespace Chatbot.Crawler.Sitemaps;

/// <summary>What came of asking for a sitemap.</summary>
internal abstract record SitemapFetchResult
{
    private SitemapFetchResult()
    {
    }

    /// <param name="Body">Decompressed.</param>
    public sealed record Found(ReadOnlyMemory<byte> Body) : SitemapFetchResult;

    /// <param name="Reason">One of <see cref="PageReasons"/>.</param>
    public sealed record Failed(string Reason, string Detail, bool IsRetryable) : SitemapFetchResult
    {
        /// <summary>HTTP status; null when no answer came.</summary>
        public int? Status { get; init; }

        public TimeSpan? RetryAfter { get; init; }
    }
}
