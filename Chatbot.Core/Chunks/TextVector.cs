namespace Chatbot.Core.Chunks;

/// <summary>The vector of a text.</summary>
/// <param name="TextHash">See <see cref="EmbeddingText.HashOf"/>.</param>
/// <param name="Vector">Of unit length.</param>
/// <param name="Model">Which model made it, as the embedding says; null is the configured one.</param>
public sealed record TextVector(string TextHash, ReadOnlyMemory<float> Vector, string? Model = null);
