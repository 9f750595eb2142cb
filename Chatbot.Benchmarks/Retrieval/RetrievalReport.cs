using System.Globalization;
using Chatbot.Api.Retrieval.Ranking;

namespace Chatbot.Benchmarks.Retrieval;

/// <summary>The table of all sets, and the curve of answerability.</summary>
internal static class RetrievalReport
{
    private const int Bins = 10;

    /// <param name="model">The weights by which a question is judged.</param>
    public static void Print(IReadOnlyList<PreparedQuestion> questions, Func<PreparedQuestion, RankingModel> model, string how)
    {
        Console.WriteLine($"ranking: {how}");
        Console.WriteLine($"{"set",-22}{"by",-16}{"nDCG@10",9}{"hit@1",8}{"hit@5",8}{"answer@5",10}{"length",8}{"AUC out",9}{"AUC n/a",9}{"ms",7}");
        foreach (var set in questions.GroupBy(q => q.Set))
        {
            var all = set.ToList();
            Row(all, "BM25", q => q.Meaning.Candidates.OrderByDescending(c => c.Words));
            Row(all, "vectors", q => q.Meaning.Candidates.OrderByDescending(c => c.Cosine));
            Row(all, "both", q => q.Meaning.Candidates);
            Row(all, "ranked", q => q.Meaning.RankedBy(model(q).Meaning), q => Probability(q.Meaning, model(q).Meaning, model(q).Answerable), q => q.MeaningWithout is { } w ? Probability(w, model(q).Meaning, model(q).Answerable) : null);
            if (all[0].Searched is not null) Row(all, "search", q => q.Searched!);
            Row(all, "words", q => q.Words.Candidates);
            Row(all, "words ranked", q => q.Words.RankedBy(model(q).Words), q => Probability(q.Words, model(q).Words, model(q).AnswerableByWords), q => q.WordsWithout is { } w ? Probability(w, model(q).Words, model(q).AnswerableByWords) : null);
        }

        Console.WriteLine();
        Console.WriteLine("answerable (with vectors): of the questions given such a probability, those whose answer was in the index");
        var pairs = questions.Where(q => q.MeaningWithout is not null).SelectMany(q => new[]
        {
            (Likely: Probability(q.Meaning, model(q).Meaning, model(q).Answerable), IsTrue: true, Weight: 1.0),
            (Likely: Probability(q.MeaningWithout!, model(q).Meaning, model(q).Answerable), IsTrue: false, Weight: 1.0),
        }).ToList();
        for (var bin = 0; bin < Bins; bin++)
        {
            var inside = pairs.Where(p => (int)Math.Min(Bins - 1, p.Likely * Bins) == bin).ToList();
            if (inside.Count > 0) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {bin / (double)Bins:0.0} to {(bin + 1) / (double)Bins:0.0}: {inside.Count(p => p.IsTrue) / (double)inside.Count:0.00} of {inside.Count}"));
        }
    }

    public static void PrintWeights(RankingModel model)
    {
        foreach (var (name, weights) in new[] { ("meaning", model.Meaning), ("words", model.Words), ("answerable", model.Answerable), ("answerable by words", model.AnswerableByWords) })
        {
            Console.WriteLine();
            Console.WriteLine(name);
            foreach (var feature in weights.Features.OrderByDescending(f => Math.Abs(f.Weight))) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {feature.Weight,8:0.000}  {feature.Name}"));
        }
    }

    private static void Row(
        List<PreparedQuestion> questions, string by, Func<PreparedQuestion, IEnumerable<PreparedCandidate>> order,
        Func<PreparedQuestion, double>? probability = null, Func<PreparedQuestion, double?>? without = null)
    {
        var metrics = RankingMetrics.Of(questions, order);
        var (withAnswer, withNone) = (questions.Where(q => q.IsAnswerable).ToList(), questions.Where(q => !q.IsAnswerable).ToList());
        var there = probability is null ? double.NaN : RankingMetrics.Auc([.. withAnswer.Select(probability)], [.. withAnswer.Select(without!).OfType<double>()]);
        var never = probability is null ? double.NaN : RankingMetrics.Auc([.. withAnswer.Select(probability)], [.. withNone.Select(probability)]);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{questions[0].Set,-22}{by,-16}{metrics.Gain,9:0.000}{metrics.Hit1,8:0.000}{metrics.Hit5,8:0.000}{metrics.Answer5,10:0.000}{metrics.Length,8:0}{F(there),9}{F(never),9}{(by == "ranked" ? questions.Average(q => q.Ms) : double.NaN),7:0.0}"));
    }

    private static string F(double value) => double.IsNaN(value) ? "" : value.ToString("0.000", CultureInfo.InvariantCulture);

    private static double Probability(CandidateList list, LinearModel ranking, LinearModel answerable) =>
        list.Rows.Length == 0 ? 0 : 1 / (1 + Math.Exp(-answerable.Score(list.AnswerFeatures(ranking))));
}
