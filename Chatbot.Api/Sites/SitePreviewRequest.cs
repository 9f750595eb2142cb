using Chatbot.Api.Http;

namespace Chatbot.Api.Sites;

/// <summary>A site that is there, rules to be tried, or rules to be tried on a site that is there.</summary>
public sealed record SitePreviewRequest
{
    private const int MostPages = 1_000;
    private const int MostSeconds = 120;

    /// <summary>The site whose access is used, and whose rules when <see cref="Site"/> has none.</summary>
    public string? SiteId { get; init; }

    /// <summary>As it would be saved.</summary>
    public SiteRequest? Site { get; init; }

    /// <summary>What opens the site, in place of what is stored; null takes that.</summary>
    public SiteAccessRequest? Access { get; init; }

    /// <summary>To explain.</summary>
    public string? Url { get; init; }

    /// <summary>Pages to look at; null is 200.</summary>
    public int? MaxPages { get; init; }

    /// <summary>Null is 30.</summary>
    public int? MaxSeconds { get; init; }

    /// <summary>What previews of this site fetched in the last ten minutes is taken as it was; null is false.</summary>
    public bool? Reuse { get; init; }

    internal void CheckFields(FieldErrors errors)
    {
        errors.Check(SiteId is not null || Site is not null, "site", "A site, or the id of one.");
        Site?.CheckFields(errors);
        errors.Check(MaxPages is null or (>= 1 and <= MostPages), "maxPages", $"1 to {MostPages}.");
        errors.Check(MaxSeconds is null or (>= 1 and <= MostSeconds), "maxSeconds", $"1 to {MostSeconds} seconds.");
    }
}
