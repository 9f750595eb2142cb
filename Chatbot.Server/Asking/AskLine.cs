using Chatbot.Core.Answering;

namespace Chatbot.Server.Asking;

/// <summary>An answer, as <c>ask --json</c> prints it.</summary>
internal sealed record AskLine(string Answer, IReadOnlyList<AskCitation> Citations, bool Refused, bool Degraded, string? ConversationId, double Ms)
{
    /// <summary>Only when questions are read from standard input.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public string? Question { get; init; }

    /// <inheritdoc cref="Api.Answering.AnswerEvent.Done.Topics"/>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AnswerTopic>? Topics { get; init; }

    /// <inheritdoc cref="Api.Answering.AnswerEvent.Done.Choices"/>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AnswerChoice>? Choices { get; init; }
}

internal sealed record AskCitation(int Number, string Url, string Title, string Text)
{
    /// <summary>Only when the source has links on words of the answer.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CitedLink>? Links { get; init; }
}
