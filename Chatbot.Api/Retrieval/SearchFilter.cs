using Chatbot.Core.Chunks;
using Chatbot.Core.Documents;

namespace Chatbot.Api.Retrieval;

/// <summary>Which sources a search may find; what is null does not restrict it.</summary>
/// <param name="SiteId">Documents of this site only.</param>
/// <param name="UrlPrefix">Documents whose URL begins like this.</param>
/// <param name="Language">Two-letter code; passages of another or an unknown language are left out.</param>
/// <param name="ChangedSince">Documents whose content changed at this time or later.</param>
public sealed record SearchFilter(string? SiteId = null, string? UrlPrefix = null, string? Language = null, DateTimeOffset? ChangedSince = null)
{
    /// <summary>Everything may be found.</summary>
    public static SearchFilter None { get; } = new();

    /// <summary>Candidates asked of each side of the index when a filter takes some away: the most that it gives.</summary>
    internal const int CandidatesToFilter = 1_000;

    internal bool IsEmpty => this == None;

    /// <summary>Whether documents must be looked up to tell.</summary>
    internal bool AsksDocuments => SiteId is not null || ChangedSince is not null;

    internal bool Admits(Chunk chunk) =>
        (UrlPrefix is null || chunk.Url.StartsWith(UrlPrefix, StringComparison.Ordinal))
        && (Language is null || string.Equals(chunk.Language?.Split('-')[0], Language, StringComparison.OrdinalIgnoreCase));

    internal bool Admits(Document document) =>
        (SiteId is null || document.SiteId == SiteId) && (ChangedSince is null || document.ChangedAt >= ChangedSince);
}
