namespace Chatbot.Core.Sites;

/// <summary>A website to crawl, and how.</summary>
public sealed record Site
{
    public required string Id { get; init; }

    public required string KnowledgeBaseId { get; init; }

    public required string Name { get; init; }

    public required SiteScope Scope { get; init; }

    public RenderMode RenderMode { get; init; } = RenderMode.Auto;

    /// <summary>Pause between two requests to one host; null takes the crawler's default.</summary>
    public TimeSpan? HostDelay { get; init; }

    /// <summary>Loopback and private addresses may be fetched. Off unless the owner said so: it opens the local network to a crawl.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>How scans, and pictures on its pages, are read.</summary>
    public SiteReading Reading { get; init; } = new();

    /// <summary>When it is crawled by itself; null for never.</summary>
    public SiteSchedule? Schedule { get; init; }

    /// <summary>It is held back: its schedule rests, and a run it has goes on when it no longer is. Set by <c>ScheduleStore</c>.</summary>
    public bool IsPaused { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
