using Chatbot.Crawler.Urls;

namespace Chatbot.Crawler.Frontier;

/// <summary>A URL that was found, and whether its address lets it in.</summary>
/// <param name="Url">Normalised.</param>
/// <param name="FoundOn">The page that led here; null for a start URL.</param>
internal sealed record Candidate(string Url, int Depth, string? FoundOn, ScopeVerdict Verdict)
{
    /// <summary>Redirects in a row that led here.</summary>
    public int Redirects { get; init; }

    /// <summary>When it last changed, by a sitemap's word: of URLs equally near to a start, the newest come first.</summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>Where it stands in the frontier's order, in Unix milliseconds: those of sitemaps come before all others, the newest first.</summary>
    public long NotBefore(long now) => ModifiedAt is { } modified ? -Math.Max(modified.ToUnixTimeMilliseconds(), 0) : now;
}
