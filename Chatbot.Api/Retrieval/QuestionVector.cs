using Chatbot.Backends.Embedded.Encoder;

namespace Chatbot.Api.Retrieval;

/// <summary>A question's vector.</summary>
/// <param name="Values">Of unit length; empty when the question has none.</param>
/// <param name="Model">Which model made it, as its embedding says.</param>
internal readonly record struct QuestionVector(ReadOnlyMemory<float> Values, string? Model)
{
    public bool IsEmpty => Values.IsEmpty;

    /// <summary>Whether it was made by the model that the product's weights were measured with.</summary>
    public bool IsOfShippedModel => Model is null or LocalEmbeddingGenerator.ModelId;

    public int Length => Values.Length;

    public ReadOnlySpan<float> Span => Values.Span;

    public static implicit operator ReadOnlyMemory<float>(QuestionVector vector) => vector.Values;
}
