using Chatbot.Core.Chunks;
using Chatbot.Core.Documents;
using Chatbot.Core.Extractions;

namespace Chatbot.Api.Documents;

/// <inheritdoc cref="Document"/>
/// <param name="Name">Of an upload, with its folders; null for what was found on a site.</param>
public sealed record DocumentReply(
    string Id, string KnowledgeBaseId, string? SiteId, string Url, string? Name, string? Title, string? Language, string? ContentType, long Version, long IndexedVersion,
    DocumentStatus Status, string? Error, int ChunkCount, DateTimeOffset ChangedAt, DateTimeOffset? IndexedAt)
{
    internal static DocumentReply From(Document it) => new(
        it.Id, it.KnowledgeBaseId, it.SiteId, it.Url, UploadAddress.NameOf(it.Url), it.Title, it.Language, it.ContentType, it.Version, it.IndexedVersion,
        it.Status, it.Error, it.ChunkCount, it.ChangedAt, it.IndexedAt);
}

/// <inheritdoc cref="Chunk"/>
public sealed record ChunkReply(string Id, int Ordinal, string Text, IReadOnlyList<string> HeadingPath, int Page, string? Anchor, IReadOnlyList<TextLink> Links)
{
    internal static ChunkReply From(Chunk it) => new(it.Id, it.Ordinal, it.Text, it.HeadingPath, it.Page, it.Anchor, it.Links);
}
