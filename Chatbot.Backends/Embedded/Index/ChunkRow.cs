using System.Data.Common;
using System.Text.Json;
using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Core.Chunks;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>A chunk as its row has it.</summary>
internal sealed class ChunkRow
{
    /// <summary>Of <c>chunk_rows c</c>, whichever index they are of.</summary>
    public const string RowColumns =
        "c.document_id AS DocumentId, c.ordinal AS Ordinal, c.id AS Id, c.url AS Url, c.title AS Title, "
        + "c.heading_path AS HeadingPath, c.text AS Text, c.language AS Language, c.page AS Page, c.anchor AS Anchor, c.links AS Links, c.text_hash AS TextHash";

    /// <summary>Of <c>chunks c</c>, which searches find.</summary>
    public const string Columns = RowColumns + ", c.version AS Version";

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

    /// <summary>Only where a query asks for it.</summary>
    public long Build { get; set; }

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

    /// <param name="build">The number of the index that they are for; 0: they come one by one.</param>
    public static Task<int> InsertAsync(DbTransaction transaction, long build, IReadOnlyList<ChunkRow> rows, CancellationToken cancellationToken) => transaction.RunEachAsync(
        """
        INSERT INTO chunk_rows (document_id, build, ordinal, knowledge_base_id, id, url, title, heading_path, text, language, page, anchor, links, text_hash)
        VALUES (@DocumentId, @build, @Ordinal, @KnowledgeBaseId, @Id, @Url, @Title, @HeadingPath, @Text, @Language, @Page, @Anchor, @Links, @TextHash)
        """,
        rows.Select(c => new { c.DocumentId, build, c.Ordinal, c.KnowledgeBaseId, c.Id, c.Url, c.Title, c.HeadingPath, c.Text, c.Language, c.Page, c.Anchor, c.Links, c.TextHash }),
        cancellationToken);

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
