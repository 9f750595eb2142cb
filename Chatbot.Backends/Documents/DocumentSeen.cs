namespace Chatbot.Backends.Documents;

/// <summary>What was found at a URL.</summary>
public sealed record DocumentSeen
{
    /// <summary>The id of a new document; null makes one. One that is known keeps its own.</summary>
    public string? Id { get; init; }

    public required string KnowledgeBaseId { get; init; }

    /// <summary>The site it was found on; null for what was not crawled.</summary>
    public string? SiteId { get; init; }

    /// <summary>The canonical URL.</summary>
    public required string Url { get; init; }

    /// <summary>Null leaves the title that is known.</summary>
    public string? Title { get; init; }

    /// <summary>Two-letter code; null leaves the language that is known.</summary>
    public string? Language { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Hash of the raw bytes.</summary>
    public required string BlobHash { get; init; }

    /// <summary>Hash of the main content; another one than before makes a new version.</summary>
    public required string ContentHash { get; init; }

    /// <summary>A document that could not be ingested is taken as changed, whatever its content.</summary>
    public bool Retry { get; init; }
}
