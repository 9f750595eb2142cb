using Chatbot.Core.Chunks;

namespace Chatbot.Api.Retrieval.Ranking;

/// <summary>
/// Which cosine without what is common to an index goes with a plain cosine: for passages whose vectors came only with the
/// question, and for indexes too small to tell what is common. Their order stays that of the plain cosines. Immutable.
/// </summary>
internal sealed class SpecificScale
{
    /// <summary>What the 50 best candidates of the shipped model have on average, and how far they scatter.</summary>
    public const double OrdinaryMean = 0.15, OrdinaryDeviation = 0.085;

    private const double OrdinaryCosine = 0.835, OrdinaryCosineDeviation = 0.018;

    // Of fewer the mean says little.
    private const int Fewest = 10;

    private readonly (double Mean, double Deviation) _cosine = (OrdinaryCosine, OrdinaryCosineDeviation);
    private readonly (double Mean, double Deviation) _specific = (OrdinaryMean, OrdinaryDeviation);

    private SpecificScale(IReadOnlyList<ChunkCandidate> known)
    {
        if (known.Count < Fewest) return;
        var (cosine, specific) = (Scatter(known.Select(c => c.Cosine!.Value)), Scatter(known.Select(c => c.SpecificCosine!.Value)));
        if (cosine.Deviation > 0) (_cosine, _specific) = (cosine, specific);
    }

    public static SpecificScale Of(IReadOnlyList<ChunkCandidate> candidates) =>
        new([.. candidates.Where(c => c.Cosine is not null && c.SpecificCosine is not null)]);

    /// <returns>0 where no cosine is known: then words alone decide.</returns>
    public double Of(double? cosine) => cosine is { } known ? _specific.Mean + (_specific.Deviation * (known - _cosine.Mean) / _cosine.Deviation) : 0;

    /// <returns>Mean and standard deviation.</returns>
    public static (double Mean, double Deviation) Scatter(IEnumerable<double> values)
    {
        double sum = 0, squares = 0;
        var count = 0;
        foreach (var value in values)
        {
            count++;
            sum += value;
            squares += value * value;
        }

        if (count == 0) return (0, 0);
        var mean = sum / count;
        return (mean, Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean))));
    }
}
