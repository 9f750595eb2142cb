using Chatbot.Api.Retrieval.Ranking;

namespace Chatbot.Benchmarks.Retrieval;

/// <summary>Learns what <c>ranking.json</c> holds from prepared questions.</summary>
internal static class ModelTrainer
{
    private static readonly IReadOnlySet<string> None = new HashSet<string>();

    // By words alone the cosine says nothing, and scores relative to it neither.
    private static readonly IReadOnlySet<string> AnswersOfMeaning = new HashSet<string>(StringComparer.Ordinal) { "cosine", "distance-of-all" };

    // Whole sites are what both are for, and they have the fewest questions.
    private const double SitesCount = 4;

    /// <param name="questions">
    /// Of all sets. For the ranking each set counts by the root of its size: the large one must not drown the others. For
    /// answerability all sets count the same. Sites count four times in both.
    /// </param>
    public static RankingModel Train(IReadOnlyList<PreparedQuestion> questions, string madeBy)
    {
        var sizes = questions.GroupBy(q => q.Set).ToDictionary(g => g.Key, g => g.Count());
        var sites = questions.Where(q => q.Searched is not null).Select(q => q.Set).ToHashSet(StringComparer.Ordinal);
        double Factor(PreparedQuestion question) => sites.Contains(question.Set) ? SitesCount : 1;
        double Weight(PreparedQuestion question) => Factor(question) / Math.Sqrt(sizes[question.Set]);
        double Equal(PreparedQuestion question) => Factor(question) / sizes[question.Set];

        var meaning = Training.Rank(RankingFeatures.Names, Groups(questions, q => q.Meaning, Weight), None);
        var words = Training.Rank(RankingFeatures.Names, Groups(questions, q => q.Words, Weight), RankingFeatures.OfMeaning);
        return new RankingModel(
            madeBy,
            meaning,
            words,
            Training.Decide(AnswerFeatures.Names, Examples(questions, meaning, q => (q.Meaning, q.MeaningWithout), Equal), None),
            Training.Decide(AnswerFeatures.Names, Examples(questions, words, q => (q.Words, q.WordsWithout), Equal), AnswersOfMeaning));
    }

    private static List<(double[][] Rows, bool[] Right, double Weight)> Groups(
        IReadOnlyList<PreparedQuestion> questions, Func<PreparedQuestion, CandidateList> list, Func<PreparedQuestion, double> weight)
    {
        var groups = new List<(double[][] Rows, bool[] Right, double Weight)>();
        foreach (var question in questions.Where(q => q.IsAnswerable))
        {
            var candidates = list(question);
            var first = candidates.Candidates.Take(candidates.Rows.Length).ToList();
            // A passage with the answer's words is right; where none has them, any of a right page.
            var right = first.ConvertAll(c => c.IsPage && c.HasAnswer).ToArray();
            if (!right.Contains(true)) right = [.. first.Select(c => c.IsPage)];
            if (right.Contains(true) && right.Contains(false)) groups.Add((candidates.Rows, right, weight(question)));
        }

        return groups;
    }

    private static List<(double[] Row, bool IsTrue, double Weight)> Examples(
        IReadOnlyList<PreparedQuestion> questions, LinearModel ranking, Func<PreparedQuestion, (CandidateList With, CandidateList? Without)> lists, Func<PreparedQuestion, double> weight)
    {
        var examples = new List<(double[] Row, bool IsTrue, double Weight)>();
        foreach (var question in questions)
        {
            var (with, without) = lists(question);
            if (!question.IsAnswerable) examples.Add((with.AnswerFeatures(ranking), false, weight(question)));
            // Only where the answer was there to be found: else both would be the same question.
            if (without is null) continue;
            examples.Add((with.AnswerFeatures(ranking), true, weight(question)));
            examples.Add((without.AnswerFeatures(ranking), false, weight(question)));
        }

        return examples;
    }
}
