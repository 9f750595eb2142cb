namespace Chatbot.Backends.Crawling;

/// <summary>How a crawl report is written.</summary>
public enum CrawlReportFormat
{
    /// <summary>A JSON array, one URL a line.</summary>
    Json,

    /// <summary>RFC 4180, with a header; values that a spreadsheet would take for a formula are quoted with an apostrophe.</summary>
    Csv,
}
