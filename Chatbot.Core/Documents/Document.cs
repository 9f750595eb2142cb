namespace Chatbot.Core.Documents;

/// <summary>One thing that can be cited: a page, a PDF, an upload, a FAQ entry.</summary>
public sealed record Document
{
    public required string Id { get; init; }

    public required string KnowledgeBaseId { get; init; }

    /// <summary>The site it was found on; null for what was not crawled.</summary>
    public string? SiteId { get; init; }

    /// <summary>Its canonical URL, unique within the knowledge base; of uploads the path on this server (<see cref="UploadAddress"/>), and so of entries of questions and answers (<see cref="Faqs.FaqAddress"/>).</summary>
    public required string Url { get; init; }

    public string? Title { get; init; }

    /// <summary>Two-letter code, null when it could not be told.</summary>
    public string? Language { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Hash of the raw bytes: where the blob is.</summary>
    public string? BlobHash { get; init; }

    /// <summary>Hash of the main content: two versions with the same one are the same to a reader.</summary>
    public string? ContentHash { get; init; }

    /// <summary>Counts changes of its content and of what is to be indexed of it, from 1.</summary>
    public required long Version { get; init; }

    /// <summary>The version that searches find; 0 when none is indexed.</summary>
    public long IndexedVersion { get; init; }

    public required DocumentStatus Status { get; init; }

    /// <summary>Why it could not be ingested, or what of it could not be read, for people; null when all is well.</summary>
    public string? Error { get; init; }

    /// <summary>How many chunks searches find of it.</summary>
    public int ChunkCount { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public DateTimeOffset? IndexedAt { get; init; }
}
