using Chatbot.Core.Chunks;

namespace Chatbot.Api.Retrieval.Ranking;

/// <summary>
/// What tells whether the best passages answer the question at all. All of it tells of the passages found: what is known of
/// the question alone is the same with its answer in the index and without, and training could say nothing of it. Pure.
/// </summary>
internal static class AnswerFeatures
{
    public static readonly IReadOnlyList<string> Names =
    [
        "best", "margin", "distance", "ranked-margin", "cosine", "coverage", "window", "words", "names", "distance-of-all",
    ];

    // The best beside those that follow: the wider the gap, the likelier it is the answer.
    private const int Next = 5;

    // What the best are above all texts of an index in standard deviations, where an index is too small to tell.
    private const double OrdinaryDistance = 10;

    // An answer may stand in the second passage or the third.
    private const int Few = 3;

    private static readonly int Cosine = IndexOf("cosine"), Coverage = IndexOf("coverage"), Window = IndexOf("window"), Words = IndexOf("words"), NamesThere = IndexOf("names");

    /// <param name="ranked">Rows of <see cref="RankingFeatures"/> of those that the learned ranking ordered, best first, with its scores; of texts that differ in numbers alone the best.</param>
    public static double[] Of(IReadOnlyList<(double[] Row, double Score)> ranked, QuestionFacts facts)
    {
        if (ranked.Count == 0) return new double[Names.Count];
        var scores = facts.Scores;
        var best = scores[0];
        var next = scores.Count > 1 ? scores.Skip(1).Take(Next).Average() : best;
        var mean = scores.Average();
        var deviation = Math.Sqrt(scores.Average(s => (s - mean) * (s - mean)));
        var others = ranked.Count > 1 ? ranked.Skip(1).Take(Next).Average(r => r.Score) : ranked[0].Score;
        var first = ranked.Take(Few).ToList();
        return
        [
            best,
            best - next,
            deviation <= 0 ? 0 : (best - mean) / deviation,
            ranked[0].Score - others,
            first.Max(r => r.Row[Cosine]),
            first.Max(r => r.Row[Coverage]),
            first.Max(r => r.Row[Window]),
            first.Max(r => r.Row[Words]),
            first.Max(r => r.Row[NamesThere]),
            facts.Spread is { Deviation: > 0 } spread ? (best - spread.Mean) / spread.Deviation : OrdinaryDistance,
        ];
    }

    private static int IndexOf(string name)
    {
        for (var i = 0; i < RankingFeatures.Names.Count; i++)
        {
            if (RankingFeatures.Names[i] == name) return i;
        }

        throw new ArgumentException($"There is no feature '{name}'.", nameof(name));
    }
}

/// <summary>What is known of a question beside its candidates.</summary>
/// <param name="Scores">The simple scores of all candidates that say something of their own, highest first; not empty.</param>
/// <param name="Spread">Of the cosines of all texts of the index; null where it is not known.</param>
internal sealed record QuestionFacts(IReadOnlyList<double> Scores, (double Mean, double Deviation)? Spread)
{
    public static QuestionFacts Of(ChunkCandidates found, DistinctCandidates distinct, SimpleScore simple) => new(
        [.. distinct.Candidates.DistinctBy(distinct.FormOf).Select(simple.Of)],
        found is { CosineMean: { } mean, CosineDeviation: { } deviation } ? (mean, deviation) : null);
}
