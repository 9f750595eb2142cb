using Chatbot.Core.Answering;

namespace Chatbot.Api.Answering;

/// <summary>An answer as one object: what the events say, put together.</summary>
public sealed record AskReply
{
    public required string Answer { get; init; }

    /// <summary>By number; only those that stand in the answer.</summary>
    public required IReadOnlyList<Citation> Citations { get; init; }

    /// <inheritdoc cref="AnswerEvent.Done"/>
    public required bool Refused { get; init; }

    /// <inheritdoc cref="AnswerEvent.Done"/>
    public required bool Degraded { get; init; }

    public required string ConversationId { get; init; }

    /// <summary>From the question to the last word, in milliseconds.</summary>
    public required double Ms { get; init; }

    public required string MessageId { get; init; }

    /// <summary>Two-letter code of the fixed lines.</summary>
    public required string Language { get; init; }

    public bool Cached { get; init; }

    public string? Model { get; init; }

    public string? Notice { get; init; }

    /// <inheritdoc cref="AnswerEvent.Done.Intent"/>
    public string? Intent { get; init; }

    /// <inheritdoc cref="AnswerEvent.Done.Topics"/>
    public IReadOnlyList<AnswerTopic>? Topics { get; init; }

    /// <inheritdoc cref="AnswerEvent.Done.Choices"/>
    public IReadOnlyList<AnswerChoice>? Choices { get; init; }

    /// <inheritdoc cref="AnswerEvent.Done.Unsourced"/>
    public bool Unsourced { get; init; }

    public TokenUsage? Usage { get; init; }

    /// <summary>Where only these were asked for.</summary>
    public RetrievedPassages? Passages { get; init; }

    /// <inheritdoc cref="AnswerEvent.Done.FaqId"/>
    public string? FaqId { get; init; }

    public IReadOnlyList<TraceStep>? Trace { get; init; }
}
