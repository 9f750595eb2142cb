using Chatbot.Core;
using Chatbot.Core.Chunks;

namespace Chatbot.Api.Retrieval;

/// <summary>Orders candidates by one score and drops those that say the same. Pure.</summary>
internal static class PassageRanker
{
    /// <summary>
    /// How much a document counts beside its chunk. A page that speaks of all the question's words is the better witness of
    /// two that hold the same sentence; more than a little, and long pages win by their length.
    /// </summary>
    private const double DocumentWeight = 0.15;

    /// <returns>At most <paramref name="top"/> passages, the highest score first; ties in the order of the candidates.</returns>
    public static IReadOnlyList<Passage> Rank(ChunkCandidates found, int top)
    {
        var scored = found.Candidates
            .Select(candidate => (Candidate: candidate, Score: Score(candidate, found.QuestionIdf)))
            .OrderByDescending(pair => pair.Score);
        var passages = new List<Passage>(Math.Min(top, found.Candidates.Count));
        var texts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (candidate, score) in scored)
        {
            if (passages.Count == top) break;
            if (texts.Add(TextHash(candidate.Chunk.Text))) passages.Add(new Passage(passages.Count + 1, score, candidate));
        }

        return passages;
    }

    // Divided by the question's idf, so that scores of long and short questions are comparable.
    private static double Score(ChunkCandidate candidate, double questionIdf) =>
        questionIdf <= 0 ? 0 : (candidate.WordScore + (DocumentWeight * candidate.DocumentScore)) / questionIdf;

    // Copies of a page differ in blanks and capitals at most.
    private static string TextHash(string text) =>
        Ids.Hash(string.Concat(text.Where(c => !char.IsWhiteSpace(c)).Select(char.ToLowerInvariant)));
}
