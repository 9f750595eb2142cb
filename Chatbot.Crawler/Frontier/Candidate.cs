using Chatbot.Crawler.Urls;

namespace Chatbot.Crawler.Frontier;

/// <summary>A URL that was found, and whether its address lets it in.</summary>
/// <param name="Url">Normalised.</param>
/// <param name="FoundOn">The page that led here; null for a start URL.</param>
internal sealed record Candidate(string Url, int Depth, string? FoundOn, ScopeVerdict Verdict)
{
    /// <summary>Redirects in a row that led here.</summary>
    public int Redirects { get; init; }
}
