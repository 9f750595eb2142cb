using System.Text.Json;
using System.Text.Json.Serialization;
using Chatbot.Core.Answering;

namespace Chatbot.Api.OpenAi;

// Named and shaped as in OpenAI's API reference (platform.openai.com/docs/api-reference); members that mean nothing here are left out.

/// <param name="Model">Name of a knowledge base.</param>
internal sealed record CompletionRequest(string? Model, IReadOnlyList<CompletionMessage>? Messages, bool? Stream, StreamOptions? StreamOptions);

/// <param name="Content">A text, or a list of parts.</param>
internal sealed record CompletionMessage(string? Role, JsonElement? Content);

internal sealed record StreamOptions(bool? IncludeUsage);

/// <summary>A whole answer, or a chunk of one.</summary>
internal sealed record Completion(string Id, string Object, long Created, string Model, IReadOnlyList<CompletionChoice> Choices)
{
    public CompletionUsage? Usage { get; init; }
}

internal sealed record CompletionChoice(int Index, string? FinishReason)
{
    /// <summary>Of a whole answer.</summary>
    public AnsweredMessage? Message { get; init; }

    /// <summary>Of a chunk.</summary>
    public AnsweredMessage? Delta { get; init; }
}

/// <summary>Beside what OpenAI's has: the sources of the text and what else belongs to it, with the last chunk.</summary>
internal sealed record AnsweredMessage
{
    public string? Role { get; init; }

    public string? Content { get; init; }

    public IReadOnlyList<Citation>? Citations { get; init; }

    public bool? Refused { get; init; }

    public bool? Degraded { get; init; }

    public string? Notice { get; init; }

    /// <inheritdoc cref="AnswerOutcome.Intent"/>
    public string? Intent { get; init; }

    /// <inheritdoc cref="AnswerOutcome.Topics"/>
    public IReadOnlyList<AnswerTopic>? Topics { get; init; }

    /// <inheritdoc cref="AnswerOutcome.Choices"/>
    public IReadOnlyList<AnswerChoice>? Choices { get; init; }
}

internal sealed record CompletionUsage(long PromptTokens, long CompletionTokens, long TotalTokens);

internal sealed record ModelList(string Object, IReadOnlyList<ModelEntry> Data);

internal sealed record ModelEntry(string Id, string Object, long Created, string OwnedBy);

/// <param name="Input">A text, or a list of texts.</param>
/// <param name="EncodingFormat"><c>float</c> (also null) or <c>base64</c>.</param>
/// <param name="InputType">Beside what OpenAI's has: <c>query</c> for questions, <c>passage</c> (also null) for what they are compared with.</param>
internal sealed record EmbeddingsRequest(string? Model, JsonElement? Input, string? EncodingFormat, string? InputType);

internal sealed record EmbeddingsReply(string Object, IReadOnlyList<EmbeddingEntry> Data, string Model, EmbeddingsUsage Usage);

/// <param name="Embedding">A list of numbers, or their bytes (little endian, 32 bits each) in base64.</param>
internal sealed record EmbeddingEntry(string Object, int Index, JsonElement Embedding);

internal sealed record EmbeddingsUsage(long PromptTokens, long TotalTokens);

internal sealed record ErrorReply(ErrorBody Error);

internal sealed record ErrorBody(string Message, string Type, string? Param, string? Code);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CompletionRequest))]
[JsonSerializable(typeof(Completion))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ModelEntry))]
[JsonSerializable(typeof(EmbeddingsRequest))]
[JsonSerializable(typeof(EmbeddingsReply))]
[JsonSerializable(typeof(ErrorReply))]
[JsonSerializable(typeof(float[]))]
[JsonSerializable(typeof(string))]
internal sealed partial class OpenAiJson : JsonSerializerContext;
