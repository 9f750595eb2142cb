namespace Chatbot.Core.Jobs;

/// <summary>The queues and what travels in them.</summary>
public static class Queues
{
    /// <summary><see cref="Messages.CrawlRequested"/>, taken by crawlers.</summary>
    public const string Crawls = "crawls";

    /// <summary><see cref="Messages.DocumentChanged"/> and <see cref="Messages.DocumentGone"/>, <see cref="Messages.SiteFrameDue"/>, <see cref="Messages.ReindexRequested"/> and <see cref="Messages.IndexReleased"/>, taken by ingestion.</summary>
    public const string Documents = "documents";

    /// <summary><see cref="Messages.IndexChanged"/>, taken by the API.</summary>
    public const string IndexChanges = "index-changes";

    /// <summary><see cref="Messages.HandoverRequested"/>, taken by the API.</summary>
    public const string Handovers = "handovers";
}
