using Chatbot.Core.Extractions;

namespace Chatbot.Web.Documents;

internal sealed record Document
{
    public required string Id { get; init; }

    public required string KnowledgeBaseId { get; init; }

    public string? SiteId { get; init; }

    public required string Url { get; init; }

    /// <summary>Of an upload, with its folders.</summary>
    public string? Name { get; init; }

    public string? Title { get; init; }

    public string? Language { get; init; }

    public string? ContentType { get; init; }

    public long Version { get; init; }

    public long IndexedVersion { get; init; }

    /// <summary>pending, indexed, failed or gone.</summary>
    public required string Status { get; init; }

    public string? Error { get; init; }

    public int ChunkCount { get; init; }

    public DateTimeOffset? ChangedAt { get; init; }

    public DateTimeOffset? IndexedAt { get; init; }
}

internal sealed record DocumentChunk(string Id, int Ordinal, string Text, IReadOnlyList<string>? HeadingPath, int? Page, string? Anchor, IReadOnlyList<TextLink>? Links)
{
    /// <summary>The text cut at its links; the address is null where there is none.</summary>
    public IEnumerable<(string Text, string? Url)> Pieces()
    {
        var at = 0;
        foreach (var link in Links ?? [])
        {
            if (link.Start < at || link.Start + link.Length > Text.Length || !LinkTarget.IsSafe(link.Url)) continue;
            yield return (Text[at..link.Start], null);
            yield return (Text.Substring(link.Start, link.Length), link.Url);
            at = link.Start + link.Length;
        }

        yield return (Text[at..], null);
    }
}

/// <summary>What became of an upload.</summary>
internal sealed record UploadReply(string KnowledgeBase, IReadOnlyList<UploadedFile> Files);

/// <param name="Outcome">accepted, replaced, unchanged or rejected.</param>
/// <param name="Reason">Why it was rejected.</param>
internal sealed record UploadedFile(string Name, string Outcome, string? DocumentId, string? Reason, string? Detail);
