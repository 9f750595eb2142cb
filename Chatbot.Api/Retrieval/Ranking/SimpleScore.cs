using Chatbot.Core.Chunks;

namespace Chatbot.Api.Retrieval.Ranking;

/// <summary>
/// The score that chooses what is worth a closer look: meaning and words by fixed weights. It needs no language switch,
/// because the part of the words fades by itself where question and page share none. Pure.
/// </summary>
internal sealed class SimpleScore
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

    private readonly double idf;

    /// <param name="found">All candidates of a question.</param>
    public SimpleScore(ChunkCandidates found)
    {
        idf = found.QuestionIdf;
        UnknownCosine = CosineOfTheUnknown(found.Candidates);
    }

    /// <summary>What a candidate without a vector is taken for; null when nothing has one, and words alone decide.</summary>
    public double? UnknownCosine { get; }

    public double Words(ChunkCandidate candidate) => idf <= 0 ? 0 : candidate.WordScore / idf;

    public double Document(ChunkCandidate candidate) => idf <= 0 ? 0 : candidate.DocumentScore / idf;

    public double Of(ChunkCandidate candidate) => UnknownCosine is { } unknown
        ? (candidate.Cosine ?? unknown) + (WordWeight * Words(candidate)) + (DocumentWeight * Document(candidate))
        : OfWords(candidate);

    /// <summary>The score where meaning is not known or not asked.</summary>
    public double OfWords(ChunkCandidate candidate) => Words(candidate) + (DocumentWeightOfWords * Document(candidate));

    // A chunk whose vector is still to come is taken for a little less than an ordinary candidate: vectors are made for the
    // likely ones first.
    private static double? CosineOfTheUnknown(IReadOnlyList<ChunkCandidate> candidates)
    {
        double sum = 0, squares = 0;
        var known = 0;
        foreach (var candidate in candidates)
        {
            if (candidate.Cosine is not { } cosine) continue;
            known++;
            sum += cosine;
            squares += cosine * cosine;
        }

        if (known == 0) return null;
        var mean = sum / known;
        return mean - Math.Sqrt(Math.Max(0, (squares / known) - (mean * mean)));
    }
}
