using Chatbot.Api.Retrieval.Ranking;

namespace Chatbot.Benchmarks.Retrieval;

/// <summary>
/// Learns linear models by Adam (Kingma and Ba, 2015) on all examples at once: a conditional logit over the candidates of a
/// question (McFadden, 1974), and a logistic regression. Both are convex: the start does not matter, and the result is the
/// same in every run.
/// </summary>
internal static class Training
{
    private const int Steps = 300;
    private const double Rate = 0.05, First = 0.9, Second = 0.999;

    // Keeps weights of features that say the same from growing against each other.
    private const double Ridge = 0.002;

    // The ranking corrects the simple score, which is good on every set, only where all sets together ask for it: learned
    // freely, it was better on passages and worse than the simple score on whole sites.
    private const double RankingRidge = 0.1;
    private const string Simple = "simple-to-best";

    /// <summary>Weights under which a right candidate wins over the others of its question.</summary>
    /// <param name="groups">Rows of candidates, which of them are right, and what the question counts.</param>
    /// <param name="left">Features whose weight stays 0.</param>
    public static LinearModel Rank(IReadOnlyList<string> names, IReadOnlyList<(double[][] Rows, bool[] Right, double Weight)> groups, IReadOnlySet<string> left)
    {
        var scaled = Scale(names, groups.SelectMany(g => g.Rows), out var means, out var deviations);
        var starts = new int[groups.Count];
        for (int i = 0, at = 0; i < groups.Count; at += groups[i++].Rows.Length) starts[i] = at;
        var total = groups.Sum(g => g.Weight);
        var weights = Descend(names, left, name => name == Simple ? 0 : RankingRidge, isLeast: false, (w, gradient) =>
        {
            Span<double> odds = stackalloc double[64];
            for (var i = 0; i < groups.Count; i++)
            {
                var (rows, right, weight) = groups[i];
                double all = 0, good = 0;
                for (var r = 0; r < rows.Length; r++)
                {
                    odds[r] = Math.Exp(Math.Clamp(Dot(w, scaled[starts[i] + r]), -40, 40));
                    all += odds[r];
                    if (right[r]) good += odds[r];
                }

                for (var r = 0; r < rows.Length; r++)
                {
                    var slope = weight / total * ((odds[r] / all) - (right[r] ? odds[r] / good : 0));
                    Add(gradient, scaled[starts[i] + r], slope);
                }
            }
        });
        return Model(names, 0, means, deviations, weights);
    }

    /// <summary>Weights under which the sum is the log-odds that an example is true.</summary>
    public static LinearModel Decide(IReadOnlyList<string> names, IReadOnlyList<(double[] Row, bool IsTrue, double Weight)> examples, IReadOnlySet<string> left)
    {
        var scaled = Scale(names, examples.Select(e => e.Row), out var means, out var deviations);
        for (var i = 0; i < scaled.Count; i++) scaled[i] = [.. scaled[i], 1];
        var total = examples.Sum(e => e.Weight);
        // The bias stands last. More of each feature speaks for an answer; a weight below 0 would only correct another one's
        // on these sets, and be wrong on others.
        var weights = Descend([.. names, ""], left, _ => Ridge, isLeast: true, (w, gradient) =>
        {
            for (var i = 0; i < examples.Count; i++)
            {
                var likely = 1 / (1 + Math.Exp(-Dot(w, scaled[i])));
                Add(gradient, scaled[i], examples[i].Weight / total * (likely - (examples[i].IsTrue ? 1 : 0)));
            }
        });
        return Model(names, weights[^1], means, deviations, weights);
    }

    private static double[] Descend(IReadOnlyList<string> names, IReadOnlySet<string> left, Func<string, double> ridge, bool isLeast, Action<double[], double[]> slope)
    {
        var (weights, gradient, moment, square) = (new double[names.Count], new double[names.Count], new double[names.Count], new double[names.Count]);
        var ridges = names.Select(ridge).ToArray();
        for (var step = 1; step <= Steps; step++)
        {
            Array.Clear(gradient);
            slope(weights, gradient);
            // Smaller steps towards the end, so that it comes to rest.
            var rate = Rate * Math.Min(1, 2.0 * (Steps - step + 1) / Steps);
            for (var i = 0; i < weights.Length; i++)
            {
                if (left.Contains(names[i])) continue;
                var g = gradient[i] + (ridges[i] * weights[i]);
                moment[i] = (First * moment[i]) + ((1 - First) * g);
                square[i] = (Second * square[i]) + ((1 - Second) * g * g);
                weights[i] -= rate * moment[i] / (1 - Math.Pow(First, step)) / (Math.Sqrt(square[i] / (1 - Math.Pow(Second, step))) + 1e-9);
                if (isLeast && weights[i] < 0 && names[i].Length > 0) weights[i] = 0;
            }
        }

        return weights;
    }

    private static List<double[]> Scale(IReadOnlyList<string> names, IEnumerable<double[]> rows, out double[] means, out double[] deviations)
    {
        var all = rows.ToList();
        var (mean, deviation) = (new double[names.Count], new double[names.Count]);
        for (var f = 0; f < names.Count; f++)
        {
            mean[f] = all.Average(row => row[f]);
            deviation[f] = Math.Sqrt(all.Average(row => (row[f] - mean[f]) * (row[f] - mean[f])));
            if (deviation[f] < 1e-9) deviation[f] = 1;
        }

        (means, deviations) = (mean, deviation);
        return all.ConvertAll(row => row.Select((value, f) => (value - mean[f]) / deviation[f]).ToArray());
    }

    private static LinearModel Model(IReadOnlyList<string> names, double bias, double[] means, double[] deviations, double[] weights) =>
        new(Math.Round(bias, 4), [.. names.Select((name, i) => new FeatureWeight(name, Math.Round(means[i], 5), Math.Round(deviations[i], 5), Math.Round(weights[i], 4)))]);

    private static double Dot(double[] a, double[] b) => System.Numerics.Tensors.TensorPrimitives.Dot<double>(a, b);

    private static void Add(double[] sum, double[] row, double factor) => System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(row, factor, sum, sum);
}
