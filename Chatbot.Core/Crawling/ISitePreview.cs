using Chatbot.Core.Sites;

namespace Chatbot.Core.Crawling;

/// <summary>
/// Tells what a crawl would take and what not, without keeping anything. Sites need not be stored. Where no access is given,
/// what opens a site is that of the stored site of its id. Safe for concurrent use.
/// </summary>
public interface ISitePreview
{
    /// <summary>Says whether a URL belongs to a site, and which rule decides it. Asks at most the URL's robots.txt.</summary>
    /// <exception cref="ArgumentException">The site's rules or its access cannot be read; the message says which.</exception>
    Task<ScopeExplanation> ExplainAsync(Site site, SiteAccess? access, string url, CancellationToken cancellationToken);

    /// <summary>Crawls a part of the site as a first run would, as politely and by the same decisions.</summary>
    /// <exception cref="ArgumentException">The site's rules or its access cannot be read; the message says which.</exception>
    Task<CrawlPreview> PreviewAsync(Site site, SiteAccess? access, PreviewLimits limits, CancellationToken cancellationToken);

    /// <summary>Signs in, where that is set, asks robots.txt and opens the start pages, the first three of them.</summary>
    /// <exception cref="ArgumentException">The site's access cannot be used; the message says why.</exception>
    Task<AccessTest> TestAccessAsync(Site site, SiteAccess? access, CancellationToken cancellationToken);
}
