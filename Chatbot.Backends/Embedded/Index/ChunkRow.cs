using System.Text.Json;
using Chatbot.Core;
using Chatbot.Core.Chunks;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>A chunk as its row has it.</summary>
internal sealed class ChunkRow
{
    public const string Columns =
        "c.document_id AS DocumentId, c.ordinal AS Ordinal, c.id AS Id, c.version AS Version, c.url AS Url, c.title AS Title, "
        + "c.heading_path AS HeadingPath, c.text AS Text, c.language AS Language, c.page AS Page, c.anchor AS Anchor, c.links AS Links, c.text_hash AS TextHash";

    public string DocumentId { get; set; } = "";
    public int Ordinal { get; set; }
    public string KnowledgeBaseId { get; set; } = "";
    public string Id { get; set; } = "";
    public long Version { get; set; }
    public string Url { get; set; } = "";
    public string? Title { get; set; }
    public string HeadingPath { get; set; } = "[]";
    public string Text { get; set; } = "";
    public string? Language { get; set; }
    public int Page { get; set; }
    public string? Anchor { get; set; }
    public string? Links { get; set; }
    public string? TextHash { get; set; }

    /// <summary>Only where a query joins it: the vector as half-precision floats.</summary>
    public byte[]? Vector { get; set; }

    public static ChunkRow Of(string knowledgeBaseId, Chunk chunk) => new()
    {
        DocumentId = chunk.DocumentId,
        Ordinal = chunk.Ordinal,
        KnowledgeBaseId = knowledgeBaseId,
        Id = chunk.Id,
        Version = chunk.Version,
        Url = chunk.Url,
        Title = chunk.Title,
        HeadingPath = JsonSerializer.Serialize(chunk.HeadingPath, CoreJson.Default.IReadOnlyListString),
        Text = chunk.Text,
        Language = chunk.Language,
        Page = chunk.Page,
        Anchor = chunk.Anchor,
        Links = chunk.Links.Count == 0 ? null : JsonSerializer.Serialize(chunk.Links, CoreJson.Default.IReadOnlyListTextLink),
        TextHash = EmbeddingText.HashOf(chunk),
    };

    public Chunk ToChunk() => new()
    {
        Id = Id,
        DocumentId = DocumentId,
        Version = Version,
        Ordinal = Ordinal,
        Text = Text,
        HeadingPath = HeadingPath == "[]" ? [] : JsonSerializer.Deserialize(HeadingPath, CoreJson.Default.ListString) ?? [],
        Url = Url,
        Title = Title,
        Language = Language,
        Page = Page,
        Anchor = Anchor,
        Links = Links is null ? [] : JsonSerializer.Deserialize(Links, CoreJson.Default.IReadOnlyListTextLink) ?? [],
    };
}
