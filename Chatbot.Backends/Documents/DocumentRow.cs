using Chatbot.Backends.Data;
using Chatbot.Core.Documents;

namespace Chatbot.Backends.Documents;

/// <summary>A row of the table <c>documents</c>.</summary>
internal sealed class DocumentRow
{
    public const string Columns =
        "id, knowledge_base_id, site_id, url, title, language, content_type, blob_hash, content_hash, version, indexed_version, "
        + "status, error, chunk_count, changed_at, indexed_at";

    public string Id { get; set; } = "";

    public string KnowledgeBaseId { get; set; } = "";

    public string? SiteId { get; set; }

    public string Url { get; set; } = "";

    public string? Title { get; set; }

    public string? Language { get; set; }

    public string? ContentType { get; set; }

    public string? BlobHash { get; set; }

    public string? ContentHash { get; set; }

    public long Version { get; set; }

    public long IndexedVersion { get; set; }

    public string Status { get; set; } = "";

    public string? Error { get; set; }

    public int ChunkCount { get; set; }

    public long ChangedAt { get; set; }

    public long? IndexedAt { get; set; }

    public Document ToRecord() => new()
    {
        Id = Id,
        KnowledgeBaseId = KnowledgeBaseId,
        SiteId = SiteId,
        Url = Url,
        Title = Title,
        Language = Language,
        ContentType = ContentType,
        BlobHash = BlobHash,
        ContentHash = ContentHash,
        Version = Version,
        IndexedVersion = IndexedVersion,
        Status = Stored.Enum<DocumentStatus>(Status),
        Error = Error,
        ChunkCount = ChunkCount,
        ChangedAt = Stored.Time(ChangedAt),
        IndexedAt = Stored.Time(IndexedAt),
    };
}
