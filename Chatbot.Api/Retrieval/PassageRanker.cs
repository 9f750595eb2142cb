using Chatbot.Core;
using Chatbot.Core.Chunks;

namespace Chatbot.Api.Retrieval;

/// <summary>Orders candidates by one score and drops those that say the same. Pure.</summary>
internal static class PassageRanker
{
    /// <summary>
    /// What words count beside the cosine, as BM25 by the sum of the question's idf: 0.05 to 0.15 were all good on seven
    /// retrieval sets. Divided like that, words fade by themselves where question and page are of different languages.
    /// </summary>
    private const double WordWeight = 0.1;

    /// <summary>What the words of the whole document count: of two pages with the same sentence, the one that speaks of the matter.</summary>
    private const double DocumentWeight = 0.03;

    /// <summary>
    /// The same beside the chunk's words when nothing has a vector. Measured on two documentation sites: from 0 to 0.6 a right
    /// page is among the first five more often on the one of many short pages; at 1 less often on the one of few long ones.
    /// </summary>
    private const double DocumentWeightOfWords = 0.5;

    /// <returns>At most <paramref name="top"/> passages, the highest score first; ties in the order of the candidates.</returns>
    public static IReadOnlyList<Passage> Rank(ChunkCandidates found, int top)
    {
        var unknown = CosineOfTheUnknown(found.Candidates);
        var scored = found.Candidates
            .Select(candidate => (Candidate: candidate, Score: Score(candidate, found.QuestionIdf, unknown)))
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

    private static double Score(ChunkCandidate candidate, double questionIdf, double? unknownCosine)
    {
        var words = questionIdf <= 0 ? 0 : candidate.WordScore / questionIdf;
        var document = questionIdf <= 0 ? 0 : candidate.DocumentScore / questionIdf;
        return unknownCosine is { } unknown
            ? (candidate.Cosine ?? unknown) + (WordWeight * words) + (DocumentWeight * document)
            : words + (DocumentWeightOfWords * document);
    }

    // A chunk whose vector is still to come is taken for a little less than an ordinary candidate: vectors are made for the
    // likely ones first. Null when nothing has a vector.
    private static double? CosineOfTheUnknown(IReadOnlyList<ChunkCandidate> candidates)
    {
        var known = candidates.Where(c => c.Cosine is not null).Select(c => c.Cosine!.Value).ToList();
        if (known.Count == 0) return null;
        var mean = known.Average();
        return mean - Math.Sqrt(known.Average(c => (c - mean) * (c - mean)));
    }

    // Copies of a page differ in blanks and capitals at most.
    private static string TextHash(string text) =>
        Ids.Hash(string.Concat(text.Where(c => !char.IsWhiteSpace(c)).Select(char.ToLowerInvariant)));
}
