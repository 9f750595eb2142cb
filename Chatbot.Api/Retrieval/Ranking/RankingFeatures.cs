using Chatbot.Core.Chunks;

namespace Chatbot.Api.Retrieval.Ranking;

/// <summary>What the learned ranking sees of a candidate beside the other candidates of its question. Pure.</summary>
internal static class RankingFeatures
{
    /// <summary>In the order of the values that <c>Of</c> gives. The names stand in the file of weights.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "cosine", "cosine-to-best", "words", "words-to-best", "body", "headings", "coverage", "text-coverage",
        "window", "pairs", "run", "document", "document-to-best", "siblings", "simple-to-best",
        "document-cosine", "document-cosine-to-best", "names",
        "specific", "specific-to-best", "document-specific", "document-specific-to-best",
    ];

    /// <summary>Those that need the embedding model; without it their weights are learned as 0.</summary>
    public static readonly IReadOnlySet<string> OfMeaning = new HashSet<string>(StringComparer.Ordinal)
    {
        "cosine", "cosine-to-best", "document-cosine", "document-cosine-to-best", "specific", "specific-to-best", "document-specific", "document-specific-to-best",
    };

    /// <param name="candidates">Those to be ranked, best first by the simple score.</param>
    /// <returns>A row of values for each, in the same order.</returns>
    public static double[][] Of(IReadOnlyList<ChunkCandidate> candidates, ChunkCandidates found, SimpleScore simple, QuestionNames names) =>
        Of(candidates, found, simple, names, candidate => WordMatches.Of(found.Terms, candidate.Chunk));

    /// <param name="match">Reads a candidate's text: the costly part, which is the same whatever stands beside the candidate.</param>
    public static double[][] Of(IReadOnlyList<ChunkCandidate> candidates, ChunkCandidates found, SimpleScore simple, QuestionNames names, Func<ChunkCandidate, WordMatches> match)
    {
        var idf = Math.Max(found.QuestionIdf, double.Epsilon);
        double bestCosine = double.MinValue, bestWords = 0, bestDocument = 0, bestSimple = double.MinValue, bestDocumentCosine = double.MinValue;
        double bestSpecific = double.MinValue, bestDocumentSpecific = double.MinValue;
        var documents = new Dictionary<string, (double First, double Second)>(StringComparer.Ordinal);
        foreach (var candidate in candidates)
        {
            bestCosine = Math.Max(bestCosine, candidate.Cosine ?? simple.UnknownCosine ?? 0);
            bestDocumentCosine = Math.Max(bestDocumentCosine, DocumentCosine(candidate, simple));
            bestSpecific = Math.Max(bestSpecific, simple.Specific(candidate));
            bestDocumentSpecific = Math.Max(bestDocumentSpecific, simple.DocumentSpecific(candidate));
            bestWords = Math.Max(bestWords, simple.Words(candidate));
            bestDocument = Math.Max(bestDocument, simple.Document(candidate));
            bestSimple = Math.Max(bestSimple, simple.Of(candidate));
            var score = simple.Of(candidate);
            var (first, second) = documents.GetValueOrDefault(candidate.Chunk.DocumentId, (double.NaN, double.NaN));
            documents[candidate.Chunk.DocumentId] = double.IsNaN(first) || score > first ? (score, first) : (first, double.IsNaN(second) ? score : Math.Max(second, score));
        }

        var rows = new double[candidates.Count][];
        for (var i = 0; i < rows.Length; i++)
        {
            var candidate = candidates[i];
            var matches = match(candidate);
            var cosine = candidate.Cosine ?? simple.UnknownCosine ?? 0;
            var (words, document, score) = (simple.Words(candidate), simple.Document(candidate), simple.Of(candidate));
            var (first, second) = documents[candidate.Chunk.DocumentId];
            var sibling = score < first ? first : second;
            rows[i] =
            [
                cosine,
                cosine - bestCosine,
                words,
                words - bestWords,
                candidate.BodyScore / idf,
                candidate.HeadingScore / idf,
                candidate.Coverage,
                matches.Coverage,
                matches.Window,
                matches.Pairs,
                matches.Run,
                document,
                document - bestDocument,
                // How near another passage of the same page comes to the best passage of all; the lone ones come nowhere near.
                double.IsNaN(sibling) ? 0 : Math.Max(0, 1 - ((bestSimple - sibling) / SiblingReach(simple))),
                score - bestSimple,
                DocumentCosine(candidate, simple),
                DocumentCosine(candidate, simple) - bestDocumentCosine,
                names.ShareIn(candidate.Chunk),
                simple.Specific(candidate),
                simple.Specific(candidate) - bestSpecific,
                simple.DocumentSpecific(candidate),
                simple.DocumentSpecific(candidate) - bestDocumentSpecific,
            ];
        }

        return rows;
    }

    private static double DocumentCosine(ChunkCandidate candidate, SimpleScore simple) => candidate.DocumentCosine ?? candidate.Cosine ?? simple.UnknownCosine ?? 0;

    // Cosines lie close together; scores of words alone do not.
    private static double SiblingReach(SimpleScore simple) => simple.UnknownCosine is null ? 0.6 : 0.08;
}
