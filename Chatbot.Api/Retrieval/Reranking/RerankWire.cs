using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chatbot.Api.Retrieval.Reranking;

/// <summary>The body of a request to rerank.</summary>
/// <param name="ReturnDocuments">False: we have them ourselves.</param>
internal sealed record RerankRequest(string? Model, string Query, IReadOnlyList<string> Documents, int TopN, bool ReturnDocuments = false);

/// <summary>The body of its answer: <c>results</c> with most, <c>data</c> with some.</summary>
internal sealed record RerankReply(IReadOnlyList<RerankItem?>? Results, IReadOnlyList<RerankItem?>? Data);

/// <param name="Index">Place of the document in the request.</param>
/// <param name="RelevanceScore">Higher is better, on a scale of the model's own.</param>
internal sealed record RerankItem(int? Index, double? RelevanceScore);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RerankRequest))]
[JsonSerializable(typeof(RerankReply))]
internal sealed partial class RerankJson : JsonSerializerContext;
