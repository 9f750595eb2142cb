namespace Chatbot.Api.Retrieval.Ranking;

/// <summary>A weighted sum of features, each brought to mean 0 and deviation 1 first, so that weights can be compared. As it stands in the file of weights.</summary>
/// <param name="Bias">Added to the sum; 0 where only differences count.</param>
internal sealed record LinearModel(double Bias, IReadOnlyList<FeatureWeight> Features)
{
    /// <param name="row">Values in the order of <see cref="Features"/>.</param>
    public double Score(ReadOnlySpan<double> row)
    {
        var sum = Bias;
        for (var i = 0; i < Features.Count; i++) sum += Features[i].Weight * (row[i] - Features[i].Mean) / Features[i].Deviation;
        return sum;
    }

    /// <exception cref="InvalidDataException">It was made for other features than this program has.</exception>
    public LinearModel For(IReadOnlyList<string> names) => Features.Select(f => f.Name).SequenceEqual(names, StringComparer.Ordinal)
        ? this
        : throw new InvalidDataException($"ranking.json has weights for {string.Join(", ", Features.Select(f => f.Name))}; this program has {string.Join(", ", names)}. Train it again: Chatbot.Benchmarks retrieval --train.");
}

/// <param name="Mean">Of the values it was trained on.</param>
/// <param name="Deviation">Standard deviation of these; above 0.</param>
/// <param name="Weight">What one deviation more adds to the score.</param>
internal sealed record FeatureWeight(string Name, double Mean, double Deviation, double Weight);
