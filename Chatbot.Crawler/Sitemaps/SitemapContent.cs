namespace Chatbot.Crawler.Sitemaps;

/// <summary>What a sitemap or feed holds.</summary>
/// <param name="Pages">In document order.</param>
/// <param name="Sitemaps">Of an index: the files it names.</param>
/// <param name="Problem">For people: why not all of it could be read; null when it was. What stands before the damage counts.</param>
internal sealed record SitemapContent(IReadOnlyList<SitemapEntry> Pages, IReadOnlyList<SitemapEntry> Sitemaps, string? Problem);
