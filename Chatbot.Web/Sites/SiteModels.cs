namespace Chatbot.Web.Sites;

/// <summary>A website as the API gives it.</summary>
internal sealed record Site : SiteDraft
{
    public required string Id { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? NextCrawlAt { get; init; }

    public bool Paused { get; init; }

    public CrawlRun? LastRun { get; init; }
}

/// <summary>What one may set of a site.</summary>
internal record SiteDraft
{
    public string? KnowledgeBase { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<string> StartUrls { get; init; } = [];

    public bool Subdomains { get; init; }

    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Empty for all kinds.</summary>
    public IReadOnlyList<string> FileTypes { get; init; } = [];

    public IReadOnlyList<string> Include { get; init; } = [];

    public IReadOnlyList<string> Exclude { get; init; } = [];

    public int MaxDepth { get; init; } = 50;

    public int MaxPages { get; init; } = 50_000;

    public int? MaxMegabytes { get; init; }

    public IReadOnlyList<string> KeepParameters { get; init; } = [];

    public IReadOnlyList<string> DropParameters { get; init; } = [];

    public bool SortParameters { get; init; }

    public bool Sitemaps { get; init; } = true;

    public string RenderMode { get; init; } = "auto";

    /// <summary>Milliseconds; null takes the crawler's default.</summary>
    public int? HostDelayMs { get; init; }

    public bool AllowPrivateAddresses { get; init; }

    public IReadOnlyList<string> OcrLanguages { get; init; } = [];

    public bool ReadImages { get; init; }

    /// <summary>Null when it is crawled only when somebody says so.</summary>
    public SiteSchedule? Schedule { get; init; }

    /// <summary>The same site by other rules.</summary>
    public SiteDraft With(SiteRules rules) => new(this)
    {
        Include = rules.Include,
        Exclude = rules.Exclude,
        Hosts = rules.Hosts,
        FileTypes = rules.FileTypes,
        MaxDepth = rules.MaxDepth,
        DropParameters = rules.DropParameters,
    };
}

/// <summary>By cron, or every so many minutes.</summary>
internal sealed record SiteSchedule
{
    public string? Cron { get; init; }

    public int? IntervalMinutes { get; init; }

    public string? TimeZone { get; init; }

    public string Mode { get; init; } = "full";
}

/// <summary>The rules that can be tried; saved as a part of the site, they leave the rest of it as it is.</summary>
internal sealed record SiteRules(
    IReadOnlyList<string> Include, IReadOnlyList<string> Exclude, IReadOnlyList<string> Hosts, IReadOnlyList<string> FileTypes, int MaxDepth, IReadOnlyList<string> DropParameters);

/// <summary>What is to be looked at: a site that is there, by these rules.</summary>
internal sealed record PreviewRequest(string SiteId, SiteDraft Site, string? Url, int? MaxPages, int? MaxSeconds, bool? Reuse);

internal sealed record ScopeExplanation(string Url, string? Address, bool IsIn, string? Reason, string Detail, IReadOnlyList<ScopeCheck> Checks);

internal sealed record ScopeCheck(string Name, bool IsPassed, string Detail);

internal sealed record CrawlPreview(bool IsComplete, int Requests, int Waiting, double Seconds, PreviewEstimate Estimate, IReadOnlyList<PreviewPage> Pages);

internal sealed record PreviewEstimate(int Pages, int PdfPages, long Bytes, double Seconds, long Tokens, double? Cost);

internal sealed record PreviewPage(string Url, bool IsTaken, string? Reason, string? Detail, bool NeedsBrowser);

/// <summary>A URL that leads nowhere, and the pages that link to it.</summary>
internal sealed record BrokenLink(string Url, string? Reason, string? Detail, int? Status, int Links, IReadOnlyList<string> LinkedFrom);

/// <summary>What became of one URL in a run.</summary>
internal sealed record CrawledUrl
{
    public required string Url { get; init; }

    /// <summary>new, changed, unchanged, gone, duplicate, skipped, failed or queued.</summary>
    public required string State { get; init; }

    public string? Reason { get; init; }

    public string? Detail { get; init; }

    public int? Status { get; init; }

    public string? ContentType { get; init; }

    public long? Bytes { get; init; }

    public string? Hash { get; init; }

    public int Depth { get; init; }

    public bool Rendered { get; init; }

    public int? Ms { get; init; }

    /// <summary>The page that linked to it first; null for a start page.</summary>
    public string? FoundOn { get; init; }
}

/// <summary>How many URLs of a run ended in a state for a reason.</summary>
internal sealed record ReasonCount(string State, string? Reason, int Count);

internal sealed record CrawlRun
{
    public required string Id { get; init; }

    public required string SiteId { get; init; }

    /// <summary>queued, running, completed, cancelled or failed.</summary>
    public required string State { get; init; }

    /// <summary>full or incremental.</summary>
    public string Mode { get; init; } = "full";

    public string? Message { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public Dictionary<string, int> Counters { get; init; } = [];

    public bool IsOpen => State is "queued" or "running";

    public TimeSpan? Took => FinishedAt - StartedAt;
}

internal sealed record KnowledgeBase(string Id, string Name, string Title);
