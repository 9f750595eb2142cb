using Chatbot.Core.Crawling;
using Chatbot.Core.Sites;

namespace Chatbot.Api.Sites;

/// <summary>A site as the API shows it.</summary>
public sealed record SiteReply
{
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required string KnowledgeBase { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<string> StartUrls { get; init; }

    public required bool Subdomains { get; init; }

    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>Empty for all kinds.</summary>
    public required IReadOnlyList<string> FileTypes { get; init; }

    public required IReadOnlyList<string> Include { get; init; }

    public required IReadOnlyList<string> Exclude { get; init; }

    public required int MaxDepth { get; init; }

    public required int MaxPages { get; init; }

    public required int? MaxMegabytes { get; init; }

    public required IReadOnlyList<string> KeepParameters { get; init; }

    public required IReadOnlyList<string> DropParameters { get; init; }

    public required bool SortParameters { get; init; }

    public required bool Sitemaps { get; init; }

    public required RenderMode RenderMode { get; init; }

    public int? HostDelayMs { get; init; }

    public required bool AllowPrivateAddresses { get; init; }

    public required IReadOnlyList<string> OcrLanguages { get; init; }

    public required bool ReadImages { get; init; }

    public ScheduleRequest? Schedule { get; init; }

    /// <summary>When the schedule starts the next run; null when it has none or the crawler has not planned it yet.</summary>
    public DateTimeOffset? NextCrawlAt { get; init; }

    /// <summary>Its schedule rests, and its run waits.</summary>
    public required bool Paused { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The newest; null when it was never crawled.</summary>
    public CrawlRun? LastRun { get; init; }

    internal static SiteReply From(Site site, string knowledgeBase, CrawlRun? lastRun, DateTimeOffset? nextCrawlAt) => new()
    {
        Id = site.Id,
        KnowledgeBase = knowledgeBase,
        Name = site.Name,
        StartUrls = site.Scope.StartUrls,
        Subdomains = site.Scope.Subdomains,
        Hosts = site.Scope.Hosts,
        FileTypes = site.Scope.FileTypes,
        Include = site.Scope.Include,
        Exclude = site.Scope.Exclude,
        MaxDepth = site.Scope.MaxDepth,
        MaxPages = site.Scope.MaxPages,
        MaxMegabytes = site.Scope.MaxMegabytes,
        KeepParameters = site.Scope.KeepParameters,
        DropParameters = site.Scope.DropParameters,
        SortParameters = site.Scope.SortParameters,
        Sitemaps = site.Scope.Sitemaps,
        RenderMode = site.RenderMode,
        HostDelayMs = site.HostDelay is { } delay ? (int)delay.TotalMilliseconds : null,
        AllowPrivateAddresses = site.AllowPrivateAddresses,
        OcrLanguages = site.Reading.Languages,
        ReadImages = site.Reading.Images,
        Schedule = ScheduleRequest.From(site.Schedule),
        NextCrawlAt = nextCrawlAt,
        Paused = site.IsPaused,
        CreatedAt = site.CreatedAt,
        LastRun = lastRun,
    };
}
