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
        var known = found.Candidates.Where(c => c.Cosine is not null).Select(c => c.Cosine!.Value).ToList();
        if (known.Count == 0) return found;
        var mean = known.Average();
        var deviation = Math.Sqrt(known.Average(c => (c - mean) * (c - mean)));
        if (deviation <= 0) return found;
        return found with
        {
            Candidates = [.. found.Candidates.Select(c => c with { Cosine = Scale(c.Cosine), DocumentCosine = Scale(c.DocumentCosine) })],
        };

        double? Scale(double? cosine) => cosine is { } value ? Mean + (Deviation * (value - mean) / deviation) : null;
    }
}
