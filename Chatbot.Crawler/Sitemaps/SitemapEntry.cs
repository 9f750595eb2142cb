namespace Chatbot.Crawler.Sitemaps;

/// <summary>An address that a sitemap or feed names.</summary>
/// <param name="Url">As it is written.</param>
/// <param name="LastModified">When the page last changed, by its owner's word; null when nothing is said, or nothing that can be read.</param>
internal sealed record SitemapEntry(string Url, DateTimeOffset? LastModified);
