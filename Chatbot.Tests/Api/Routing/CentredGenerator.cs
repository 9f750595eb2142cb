using System.Numerics.Tensors;
using Chatbot.Api.Routing;
using Chatbot.Backends.Embedded.Encoder;
using Microsoft.Extensions.AI;

namespace Chatbot.Tests.Api.Routing;

/// <summary>Another model: it means the same as the shipped one, and its cosines of unrelated texts are about 0.2 instead of 0.8.</summary>
internal sealed class CentredGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private const string Name = "centred";

    private static readonly float[] s_middle = Middle();

    private readonly LocalEmbeddingGenerator _inner = new();

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        new((await _inner.GenerateAsync(values, options, cancellationToken)).Select(embedding => new Embedding<float>(Centred(embedding.Vector)) { ModelId = Name }));

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata(defaultModelId: Name, defaultModelDimensions: LocalEmbeddingGenerator.Dimensions) : null;

    public void Dispose() => _inner.Dispose();

    private static float[] Centred(ReadOnlyMemory<float> vector)
    {
        var moved = new float[vector.Length];
        TensorPrimitives.Subtract(vector.Span, s_middle, moved);
        TensorPrimitives.Divide(moved, TensorPrimitives.Norm<float>(moved), moved);
        return moved;
    }

    private static float[] Middle()
    {
        var all = ShippedVectors.Read(ShippedExamples.All)!;
        var middle = new float[LocalEmbeddingGenerator.Dimensions];
        foreach (var vector in all) TensorPrimitives.Add(middle, vector.Span, middle);
        TensorPrimitives.Divide(middle, all.Count, middle);
        return middle;
    }
}
