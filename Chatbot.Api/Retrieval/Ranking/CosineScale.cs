using Chatbot.Backends.Embedded.Encoder;
using Chatbot.Core.Chunks;

namespace Chatbot.Api.Retrieval.Ranking;

/// <summary>
/// Brings the cosines of other embedding models to the scale of the one that the ranking was trained with: one model calls
/// 0.3 near, another one 0.9. Their order stays, and what is left is how far a candidate stands out. Pure.
/// </summary>
internal static class CosineScale
{
    // The 50 best candidates of the shipped model have means of 0.76 to 0.85 and deviations of 0.007 to 0.023.
    private const double Mean = 0.83, Deviation = 0.013;

    /// <param name="model">The model that made the question's vector; null when it has none.</param>
    public static ChunkCandidates Adapt(ChunkCandidates found, string? model)
    {
        if (model is null or LocalEmbeddingGenerator.ModelId) return found;
        var (mean, deviation) = SpecificScale.Scatter(found.Candidates.Select(c => c.Cosine).OfType<double>());
        if (deviation <= 0) return found;
        var specific = SpecificScale.Scatter(found.Candidates.Select(c => c.SpecificCosine).OfType<double>());
        return found with
        {
            CosineMean = Scale(found.CosineMean),
            CosineDeviation = found.CosineDeviation * Deviation / deviation,
            Candidates = [.. found.Candidates.Select(c => c with
            {
                Cosine = Scale(c.Cosine),
                DocumentCosine = Scale(c.DocumentCosine),
                SpecificCosine = ScaleSpecific(c.SpecificCosine),
                DocumentSpecificCosine = ScaleSpecific(c.DocumentSpecificCosine),
            })],
        };

        double? Scale(double? cosine) => cosine is { } value ? Mean + (Deviation * (value - mean) / deviation) : null;

        double? ScaleSpecific(double? cosine) => cosine is { } value && specific.Deviation > 0
            ? SpecificScale.OrdinaryMean + (SpecificScale.OrdinaryDeviation * (value - specific.Mean) / specific.Deviation)
            : null;
    }
}
