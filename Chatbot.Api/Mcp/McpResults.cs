using System.ComponentModel;
using System.Text.Json.Serialization;
using Chatbot.Core.Answering;

namespace Chatbot.Api.Mcp;

/// <summary>What <c>search</c> found.</summary>
internal sealed record McpSearchResult(
    [property: Description("The best first.")] IReadOnlyList<McpPassage> Passages,
    [property: Description("How likely these passages answer the question, 0 to 1.")] double Answerable);

internal sealed record McpPassage(
    int Rank, string Title, string Url, IReadOnlyList<string> HeadingPath, string Text,
    [property: Description("Of the document, which document://{id} has whole.")] string DocumentId);

/// <summary>What <c>ask</c> answers.</summary>
internal sealed record McpAnswer(
    [property: Description("With citations as [1].")] string Answer,
    IReadOnlyList<Citation> Citations,
    [property: Description("The sources hold no answer, and the text says so.")] bool Refused,
    [property: Description("A part was down and the answer was made without it.")] bool Degraded,
    [property: Description("To ask on in the same conversation.")] string ConversationId,
    [property: Description("How the answer came about, for the reader.")] string? Notice,
    [property: Description("Where the sources hold no answer: pages that are near to the question.")] IReadOnlyList<AnswerTopic> Topics,
    [property: Description("Where it is asked back: what the question may have meant. Ask the question of the one that is meant.")] IReadOnlyList<AnswerChoice> Choices);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(McpSearchResult))]
[JsonSerializable(typeof(McpAnswer))]
internal sealed partial class McpJson : JsonSerializerContext;
