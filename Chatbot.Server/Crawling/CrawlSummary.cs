namespace Chatbot.Server.Crawling;

/// <summary>What a crawl came to, as <c>crawl --json</c> prints it.</summary>
/// <param name="Documents">In the site's knowledge base now, searchable.</param>
/// <param name="Chunks">In the site's knowledge base now.</param>
/// <param name="Seconds">Until crawl and ingestion were through.</param>
/// <param name="PagesPerSecond">Fetched pages by those seconds.</param>
/// <param name="PeakRssMb">Most memory this process ever had, MB.</param>
internal sealed record CrawlSummary(
    string RunId, string State, int Queued, int Fetched, int New, int Unchanged, int Changed, int Gone, int Duplicate, int Failed, int Skipped,
    int Documents, int Chunks, double Seconds, double PagesPerSecond, int PeakRssMb, string? Message);
