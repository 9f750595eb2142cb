using Chatbot.Core.Extractions;

namespace Chatbot.Core.Chunks;

/// <summary>A chunk as retrieval returns it.</summary>
/// <param name="Rank">From 1, the best first.</param>
/// <param name="Score">What it was ranked by; comparable within one question only.</param>
public sealed record Passage(int Rank, double Score, ChunkCandidate Candidate)
{
    /// <summary>The chunk that was found; the text may hold more.</summary>
    public Chunk Chunk => Candidate.Chunk;

    /// <summary>The chunk's text, with what stands around it on its page.</summary>
    public string Text { get; init; } = Candidate.Chunk.Text;

    /// <summary>On words of the text, in their order.</summary>
    public IReadOnlyList<TextLink> Links { get; init; } = Candidate.Chunk.Links;
}
