using System.Runtime.InteropServices;
using System.Text.Json;
using Chatbot.Backends.Embedded.Encoder;
using Chatbot.Core.Chunks;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.OpenAi;

/// <summary><c>/v1/embeddings</c>: vectors that can be compared with those of the index.</summary>
internal static class EmbeddingsEndpoint
{
    private const int LongestText = 100_000;

    public static async Task<IResult> EmbedAsync(
        HttpRequest http,
        [FromKeyedServices(IVectorModels.TextsKey)] IEmbeddingGenerator<string, Embedding<float>> generator,
        OpenAiKeys keys,
        IOptions<OpenAiApiOptions> options,
        CancellationToken cancellationToken)
    {
        if (!keys.AreNeeded)
            return OpenAiErrors.Of(StatusCodes.Status403Forbidden, "Embeddings are only for programs with a key: the operator sets OpenAiApi:Keys.", null, "keys_not_configured");
        var (request, problem) = await OpenAiBody.ReadAsync(http, OpenAiJson.Default.EmbeddingsRequest, cancellationToken);
        if (problem is not null) return problem;
        if (TextsOf(request!.Input) is not { Count: > 0 } texts) return OpenAiErrors.Invalid("input", "The input is a text or a list of texts; tokens are not read.");
        if (texts.Count > options.Value.MaxTexts) return OpenAiErrors.Invalid("input", $"A request has at most {options.Value.MaxTexts} texts.");
        if (texts.Exists(text => text.Length is 0 or > LongestText)) return OpenAiErrors.Invalid("input", $"A text has 1 to {LongestText:#,0} characters.");
        if (request.EncodingFormat is not (null or "float" or "base64")) return OpenAiErrors.Invalid("encoding_format", "The encoding_format is float or base64.");
        if (request.InputType is not (null or EmbeddingKind.Query or EmbeddingKind.Passage)) return OpenAiErrors.Invalid("input_type", "The input_type is query or passage.");

        var kind = request.InputType == EmbeddingKind.Query ? EmbeddingKind.ForQueries() : EmbeddingKind.ForPassages();
        var vectors = await generator.GenerateAsync(texts, kind, cancellationToken);
        var model = vectors[0].ModelId ?? request.Model ?? "";
        var tokens = vectors.Usage?.InputTokenCount ?? texts.Sum(text => Answering.Generating.TokenEstimate.Of(text));
        return TypedResults.Json(
            new EmbeddingsReply("list", [.. vectors.Select((vector, i) => new EmbeddingEntry("embedding", i, Written(vector.Vector, request.EncodingFormat == "base64")))], model, new EmbeddingsUsage(tokens, tokens)),
            OpenAiJson.Default.EmbeddingsReply);
    }

    private static List<string>? TextsOf(JsonElement? input) => input switch
    {
        { ValueKind: JsonValueKind.String } text => [text.GetString()!],
        { ValueKind: JsonValueKind.Array } texts when texts.EnumerateArray().All(text => text.ValueKind == JsonValueKind.String) => [.. texts.EnumerateArray().Select(text => text.GetString()!)],
        _ => null,
    };

    private static JsonElement Written(ReadOnlyMemory<float> vector, bool asBytes) => asBytes
        ? JsonSerializer.SerializeToElement(Convert.ToBase64String(MemoryMarshal.AsBytes(vector.Span)), OpenAiJson.Default.String)
        : JsonSerializer.SerializeToElement(vector.ToArray(), OpenAiJson.Default.SingleArray);
}
