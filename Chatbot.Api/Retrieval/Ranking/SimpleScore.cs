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
    /// What the cosine without what all texts of the index share counts, of the passage and of its document. Texts of one site
    /// are all near each other, and it tells them apart: 0.08 to 0.3 and 0.1 to 0.15 were equally good on whole sites, more than
    /// 0.1 in all cost passages of an encyclopaedia some thousandths. Where each document is one passage it says nothing of its own.
    /// </summary>
    private const double SpecificWeight = 0.08, DocumentSpecificWeight = 0.15;

    /// <summary>
    /// The same beside the chunk's words when nothing has a vector. Measured on two documentation sites: from 0 to 0.6 a right
    /// page is among the first five more often on the one of many short pages; at 1 less often on the one of few long ones.
    /// </summary>
    private const double DocumentWeightOfWords = 0.5;

    private readonly double idf;
    private readonly SpecificScale specific;
    private readonly double documentSpecificWeight;

    /// <param name="found">All candidates of a question.</param>
    public SimpleScore(ChunkCandidates found)
    {
        idf = found.QuestionIdf;
        UnknownCosine = CosineOfTheUnknown(found.Candidates);
        specific = SpecificScale.Of(found.Candidates);
        documentSpecificWeight = DocumentSpecificWeight * (1 - (1 / found.ChunksPerDocument));
    }

    /// <summary>What a candidate without a vector is taken for; null when nothing has one, and words alone decide.</summary>
    public double? UnknownCosine { get; }

    public double Words(ChunkCandidate candidate) => idf <= 0 ? 0 : candidate.WordScore / idf;

    public double Document(ChunkCandidate candidate) => idf <= 0 ? 0 : candidate.DocumentScore / idf;

    /// <summary>The cosine without what is common to the index; where that is not known, what goes with the plain cosine mostly.</summary>
    public double Specific(ChunkCandidate candidate) => candidate.SpecificCosine ?? specific.Of(candidate.Cosine ?? UnknownCosine);

    /// <summary>The same of the whole document.</summary>
    public double DocumentSpecific(ChunkCandidate candidate) => candidate.DocumentSpecificCosine ?? Specific(candidate);

    public double Of(ChunkCandidate candidate) => UnknownCosine is { } unknown
        ? (candidate.Cosine ?? unknown) + (SpecificWeight * Specific(candidate)) + (documentSpecificWeight * DocumentSpecific(candidate))
            + (WordWeight * Words(candidate)) + (DocumentWeight * Document(candidate))
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
