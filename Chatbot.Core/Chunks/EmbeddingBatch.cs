namespace Chatbot.Core.Chunks;

/// <summary>What an embedding generator may say of itself as a service: how many texts it likes to get at once.</summary>
/// <param name="Texts">1 to 256.</param>
public sealed record EmbeddingBatch(int Texts);
