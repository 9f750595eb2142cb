using Chatbot.Core.Sites;

namespace Chatbot.Core.Crawling;

/// <summary>Tells what a crawl would take and what not, without keeping anything. Safe for concurrent use.</summary>
public interface ISitePreview
{
    /// <summary>Says whether a URL belongs to a site, and which rule decides it. Asks at most the URL's robots.txt.</summary>
    /// <param name="site">As it would be crawled; it need not be stored. What opens it is taken from the stored site of its id.</param>
    /// <exception cref="ArgumentException">The site's rules cannot be read; the message says which.</exception>
    Task<ScopeExplanation> ExplainAsync(Site site, string url, CancellationToken cancellationToken);

    /// <summary>Crawls a part of the site, as politely as a run.</summary>
    /// <param name="maxPages">Requests for pages at most, 1 to 1,000.</param>
    /// <param name="maxTime">When to stop looking, up to five minutes.</param>
    /// <exception cref="ArgumentException">The site's rules cannot be read; the message says which.</exception>
    Task<CrawlPreview> PreviewAsync(Site site, int maxPages, TimeSpan maxTime, CancellationToken cancellationToken);
}
