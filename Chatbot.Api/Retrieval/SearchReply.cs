using Chatbot.Api.Retrieval.Explaining;
using Chatbot.Core.Chunks;
using Chatbot.Core.Extractions;

namespace Chatbot.Api.Retrieval;

/// <summary>What a search found, the best first.</summary>
/// <param name="Ms">Search and ranking, in milliseconds.</param>
/// <param name="Answerable">How likely these passages answer the question, 0 to 1.</param>
public sealed record SearchReply(IReadOnlyList<SearchHit> Items, int Total, double Ms, double Answerable)
{
    /// <inheritdoc cref="RetrievalResult.Guarded"/>
    public int Guarded { get; init; }

    /// <summary>How it came about; null when that was not asked for.</summary>
    public SearchExplanation? Explanation { get; init; }

    public static SearchReply From(RetrievalResult found) => new(
        [.. found.Passages.Select(SearchHit.From)], found.Passages.Count, Math.Round(found.Elapsed.TotalMilliseconds, 2), Math.Round(found.Answerable, 4))
    {
        Guarded = found.Guarded,
    };
}

/// <param name="Rank">From 1.</param>
/// <param name="Score">Comparable within one search only.</param>
public sealed record SearchHit(
    int Rank, double Score, string Url, string? Title, IReadOnlyList<string> HeadingPath, string Text, string DocumentId, string ChunkId, IReadOnlyList<TextLink> Links)
{
    public static SearchHit From(Passage passage) => new(
        passage.Rank, Math.Round(passage.Score, 4), passage.Chunk.Url, passage.Chunk.Title, passage.Chunk.HeadingPath, passage.Text, passage.Chunk.DocumentId, passage.Chunk.Id, passage.Links);
}
