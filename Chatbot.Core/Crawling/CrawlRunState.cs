namespace Chatbot.Core.Crawling;

/// <summary>The life of a run: queued → running → completed, cancelled or failed.</summary>
public enum CrawlRunState
{
    Queued,
    Running,
    Completed,
    Cancelled,
    Failed,
}
