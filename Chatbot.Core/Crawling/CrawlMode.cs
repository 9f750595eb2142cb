namespace Chatbot.Core.Crawling;

/// <summary>How much of a site a run looks at.</summary>
public enum CrawlMode
{
    /// <summary>All of it.</summary>
    Full,

    /// <summary>The start pages and what they link to, what sitemaps say has changed, and what is new. Other pages stay as they are.</summary>
    Incremental,
}
