namespace Chatbot.Core.Chunks;

/// <summary>
/// Which sources a search may find; what is null or empty does not restrict it. It acts before candidates are chosen: what it
/// admits is found as if there were nothing else.
/// </summary>
public sealed record ChunkFilter
{
    /// <summary>Everything may be found.</summary>
    public static ChunkFilter None { get; } = new();

    /// <summary>Documents of this site.</summary>
    public string? SiteId { get; init; }

    /// <summary>Documents whose URL begins like this.</summary>
    public string? UrlPrefix { get; init; }

    /// <summary>Documents whose URL begins like one of these.</summary>
    public IReadOnlyList<string> Within { get; init; } = [];

    /// <summary>Two-letter code; passages of another or an unknown language are left out.</summary>
    public string? Language { get; init; }

    /// <summary>Documents of one of these media types.</summary>
    public IReadOnlyList<string> ContentTypes { get; init; } = [];

    /// <summary>Documents whose content changed at this time or later.</summary>
    public DateTimeOffset? ChangedSince { get; init; }

    public bool IsEmpty => Language is null && !AsksDocuments;

    /// <summary>Whether it asks for more of a document than stands in its chunks.</summary>
    public bool AsksDocuments => AsksUrls || SiteId is not null || ContentTypes.Count > 0 || ChangedSince is not null;

    /// <summary>Whether it asks for URLs.</summary>
    public bool AsksUrls => UrlPrefix is not null || Within.Count > 0;

    /// <summary>Whether documents with this URL may be found.</summary>
    public bool Admits(string url) =>
        (UrlPrefix is null || url.StartsWith(UrlPrefix, StringComparison.Ordinal))
        && (Within.Count == 0 || Within.Any(prefix => url.StartsWith(prefix, StringComparison.Ordinal)));
}
