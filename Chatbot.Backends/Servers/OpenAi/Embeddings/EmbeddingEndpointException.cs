namespace Chatbot.Backends.Servers.OpenAi.Embeddings;

/// <summary>The embedding endpoint gave no vectors, or not those that were asked for. The message says what and where, and never holds the key.</summary>
public sealed class EmbeddingEndpointException(string message, Exception? inner = null) : Exception(message, inner);
