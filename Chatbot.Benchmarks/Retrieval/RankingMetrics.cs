namespace Chatbot.Benchmarks.Retrieval;

/// <summary>How well orders of candidates put the right ones first; means over questions.</summary>
/// <param name="Gain">nDCG@10 with one right page.</param>
/// <param name="Answer5">An expected phrase stands in one of the first five passages.</param>
/// <param name="Length">Mean characters of the first five passages.</param>
internal sealed record RankingMetrics(double Gain, double Hit1, double Hit5, double Answer5, double Length)
{
    public static RankingMetrics Of(IReadOnlyList<PreparedQuestion> questions, Func<PreparedQuestion, IEnumerable<PreparedCandidate>> order)
    {
        double gain = 0, hit1 = 0, hit5 = 0, answer5 = 0, length = 0;
        var asked = questions.Where(q => q.IsAnswerable).ToList();
        foreach (var question in asked)
        {
            var ranked = order(question).ToList();
            var rank = ranked.DistinctBy(c => c.Page).Take(10).TakeWhile(c => !c.IsPage).Count() + 1;
            if (!ranked.Exists(c => c.IsPage)) rank = int.MaxValue;
            if (rank <= 10) gain += 1 / Math.Log2(1 + rank);
            if (rank == 1) hit1++;
            if (rank <= 5) hit5++;
            if (ranked.Take(5).Any(c => c.HasAnswer)) answer5++;
            length += ranked.Take(5).Select(c => (double)c.Length).DefaultIfEmpty().Average();
        }

        var count = Math.Max(1, asked.Count);
        return new RankingMetrics(gain / count, hit1 / count, hit5 / count, answer5 / count, length / count);
    }

    /// <summary>The chance that a true one has a higher score than a false one (area under the curve).</summary>
    public static double Auc(IReadOnlyList<double> whenTrue, IReadOnlyList<double> whenFalse)
    {
        if (whenTrue.Count == 0 || whenFalse.Count == 0) return double.NaN;
        var sorted = whenFalse.Order().ToArray();
        var wins = 0.0;
        foreach (var score in whenTrue)
        {
            var below = LowerBound(sorted, score);
            var equal = LowerBound(sorted, Math.BitIncrement(score)) - below;
            wins += below + (equal / 2.0);
        }

        return wins / ((double)whenTrue.Count * whenFalse.Count);
    }

    private static int LowerBound(double[] sorted, double value)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
