using Chatbot.Api.Retrieval.Ranking;
using Chatbot.Core.Chunks;

namespace Chatbot.Api.Retrieval;

/// <summary>Orders candidates: a simple score chooses those worth a closer look, the learned ranking orders these. Pure.</summary>
/// <param name="model">The weights to rank by.</param>
internal sealed class PassageRanker(RankingModel model)
{
    /// <summary>Candidates that are looked at closely. On the retrieval sets the right passage is among them for all but one question in a hundred.</summary>
    public const int Closely = 30;

    /// <summary>With the weights that the program comes with.</summary>
    public static PassageRanker Shipped { get; } = new(RankingModel.Shipped);

    /// <returns>All candidates that say something of their own, the best first.</returns>
    /// <param name="question">As it was asked.</param>
    /// <param name="vectorModel">The embedding model of the question's vector; null when it has none.</param>
    public RankedCandidates Rank(ChunkCandidates original, string question, string? vectorModel)
    {
        var found = CosineScale.Adapt(original, vectorModel);
        var simple = new SimpleScore(found);
        var distinct = Copies.Drop(found.Candidates.OrderByDescending(simple.Of));
        var ordered = distinct.Candidates;
        var closely = ordered.Take(Closely).ToList();
        var rows = RankingFeatures.Of(closely, found, simple, QuestionNames.Of(question, found.Terms));
        var (weights, answerable) = simple.UnknownCosine is null ? (model.Words, model.AnswerableByWords) : (model.Meaning, model.Answerable);
        var ranked = closely.Select((candidate, i) => (Candidate: candidate, Row: rows[i], Score: weights.Score(rows[i]))).OrderByDescending(r => r.Score).ToList();
        // The others follow in their order, below the last of these.
        var floor = ranked.Count == 0 ? 0 : ranked[^1].Score;
        var last = closely.Count == 0 ? 0 : simple.Of(closely[^1]);
        var originals = ReferenceEquals(found, original) ? null : original.Candidates.ToDictionary(c => c.Chunk.Id, StringComparer.Ordinal);
        return new RankedCandidates(
            [
                .. ranked.Select(r => new RankedCandidate(Original(r.Candidate), r.Score, r.Row)),
                .. ordered.Skip(Closely).Select(c => new RankedCandidate(Original(c), floor + simple.Of(c) - last, null)),
            ],
            ranked.Count == 0 ? 0 : Sigmoid(answerable.Score(AnswerFeatures.Of(
                [.. ranked.DistinctBy(r => distinct.FormOf(r.Candidate)).Select(r => (r.Row, r.Score))], QuestionFacts.Of(found, distinct, simple)))));

        ChunkCandidate Original(ChunkCandidate candidate) => originals?[candidate.Chunk.Id] ?? candidate;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}

/// <param name="Answerable">How likely the best of them answer the question, 0 to 1.</param>
internal sealed record RankedCandidates(IReadOnlyList<RankedCandidate> Candidates, double Answerable)
{
    /// <summary>
    /// The same candidates in another order. The scores stay at their places: they go on falling with the rank, which is
    /// what is made of them later.
    /// </summary>
    public RankedCandidates InOrder(IReadOnlyList<RankedCandidate> order) => ReferenceEquals(order, Candidates)
        ? this
        : this with { Candidates = [.. order.Select((candidate, i) => candidate with { Score = Candidates[i].Score })] };
}

/// <param name="Features">In the order of <see cref="RankingFeatures.Names"/>; null where only the simple score was looked at.</param>
internal sealed record RankedCandidate(ChunkCandidate Candidate, double Score, double[]? Features);
