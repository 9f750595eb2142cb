using Chatbot.Core.Chunks;

namespace Chatbot.Api.Retrieval;

/// <summary>What a search found, the best first.</summary>
/// <param name="Ms">Search and ranking, in milliseconds.</param>
public sealed record SearchReply(IReadOnlyList<SearchHit> Items, int Total, double Ms)
{
    public static SearchReply From(RetrievalResult found) => new(
        [.. found.Passages.Select(SearchHit.From)], found.Passages.Count, Math.Round(found.Elapsed.TotalMilliseconds, 2));
}

/// <param name="Rank">From 1.</param>
/// <param name="Score">Comparable within one search only.</param>
public sealed record SearchHit(
    int Rank, double Score, string Url, string? Title, IReadOnlyList<string> HeadingPath, string Text, string DocumentId, string ChunkId)
{
    public static SearchHit From(Passage passage) => new(
        passage.Rank, Math.Round(passage.Score, 4), passage.Chunk.Url, passage.Chunk.Title, passage.Chunk.HeadingPath, passage.Chunk.Text, passage.Chunk.DocumentId, passage.Chunk.Id);
}
