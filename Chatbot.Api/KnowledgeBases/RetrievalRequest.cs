using Chatbot.Api.Http;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Api.KnowledgeBases;

/// <inheritdoc cref="RetrievalSettings"/>
public sealed record RetrievalRequest(
    int? Passages = null, int? PassagesPerPage = null, int? PassageCharacters = null, double? Freshness = null, int? FreshnessDays = null, IReadOnlyList<string>? UrlPrefixes = null)
{
    private const int LongestPrefix = 2_000;

    internal void CheckFields(FieldErrors errors)
    {
        errors.Check(Passages is null or >= 1 and <= RetrievalSettings.MostPassages, "settings.retrieval.passages", $"1 to {RetrievalSettings.MostPassages}.");
        errors.Check(PassagesPerPage is null or >= 1 and <= RetrievalSettings.MostOfPage, "settings.retrieval.passagesPerPage", $"1 to {RetrievalSettings.MostOfPage}.");
        errors.Check(
            PassageCharacters is null or >= RetrievalSettings.ShortestPassage and <= RetrievalSettings.LongestPassage,
            "settings.retrieval.passageCharacters",
            $"{RetrievalSettings.ShortestPassage} to {RetrievalSettings.LongestPassage} characters.");
        errors.Check(Freshness is null or >= 0 and <= RetrievalSettings.MostFreshness, "settings.retrieval.freshness", $"0 to {RetrievalSettings.MostFreshness}.");
        errors.Check(FreshnessDays is null or >= 1 and <= RetrievalSettings.MostDays, "settings.retrieval.freshnessDays", $"1 to {RetrievalSettings.MostDays} days.");
        errors.Check((UrlPrefixes?.Count ?? 0) <= RetrievalSettings.MostPrefixes, "settings.retrieval.urlPrefixes", $"At most {RetrievalSettings.MostPrefixes} addresses.");
        foreach (var prefix in UrlPrefixes ?? [])
            errors.Check(IsPrefix(prefix), "settings.retrieval.urlPrefixes", $"Addresses begin with http:// or https:// and a host; \"{prefix}\" does not.");
    }

    internal RetrievalSettings Clean() => new()
    {
        Passages = Passages,
        PassagesPerPage = PassagesPerPage,
        PassageCharacters = PassageCharacters,
        Freshness = Freshness is 0 ? null : Freshness,
        FreshnessDays = FreshnessDays,
        UrlPrefixes = [.. (UrlPrefixes ?? []).Select(prefix => prefix.Trim()).Distinct()],
    };

    // Uploads and entries of editors have paths on this server.
    private static bool IsPrefix(string? text) => text is { Length: <= LongestPrefix }
        && (text.Trim().StartsWith('/') || (Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Host.Length > 0));
}
