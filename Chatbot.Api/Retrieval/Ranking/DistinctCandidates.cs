using Chatbot.Core.Chunks;

namespace Chatbot.Api.Retrieval.Ranking;

/// <summary>Candidates without copies.</summary>
/// <param name="Candidates">In the order they came.</param>
/// <param name="Forms">Of chunks that say what one before them says but for their numbers: the first of these. By their ids.</param>
internal sealed record DistinctCandidates(List<ChunkCandidate> Candidates, IReadOnlyDictionary<string, string> Forms)
{
    /// <summary>The same for texts that differ in their numbers alone: how far one of them is ahead of the next says nothing.</summary>
    public string FormOf(ChunkCandidate candidate) => Forms.GetValueOrDefault(candidate.Chunk.Id, candidate.Chunk.Id);
}
