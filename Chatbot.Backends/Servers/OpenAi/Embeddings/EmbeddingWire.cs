using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chatbot.Backends.Servers.OpenAi.Embeddings;

/// <summary>The body of a request for embeddings.</summary>
internal sealed record EmbeddingRequest(string Model, IReadOnlyList<string> Input, int? Dimensions);

/// <summary>The body of its answer, as far as it is read.</summary>
internal sealed record EmbeddingReply(IReadOnlyList<EmbeddingItem?>? Data, EmbeddingUsage? Usage);

/// <param name="Index">Place of the text in the request; servers that leave it out answer in order.</param>
internal sealed record EmbeddingItem(int? Index, float[]? Embedding);

internal sealed record EmbeddingUsage(long? PromptTokens, long? TotalTokens);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EmbeddingRequest))]
[JsonSerializable(typeof(EmbeddingReply))]
internal sealed partial class EmbeddingJson : JsonSerializerContext;
