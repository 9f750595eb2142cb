namespace Chatbot.Core.Crawling;

/// <summary>One pass over a site.</summary>
public sealed record CrawlRun
{
    public required string Id { get; init; }

    public required string SiteId { get; init; }

    public required CrawlRunState State { get; init; }

    public CrawlMode Mode { get; init; }

    public CrawlCounters Counters { get; init; } = new();

    /// <summary>Why the run failed or was cut short, for people; null while all is well.</summary>
    public string? Message { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}
