using Chatbot.Api.Answering.Grounding;
using Chatbot.Core.Answering;

namespace Chatbot.Api.Answering;

/// <summary>A whole answer, as it is cached and recorded.</summary>
internal sealed record Answer
{
    public required string Text { get; init; }

    public IReadOnlyList<Citation> Citations { get; init; } = [];

    /// <inheritdoc cref="AnswerEvent.Done"/>
    public bool Refused { get; init; }

    /// <inheritdoc cref="AnswerEvent.Done"/>
    public bool Degraded { get; init; }

    public string? Model { get; init; }

    public string? Notice { get; init; }

    /// <summary>What the question was taken for, when it was none for the sources.</summary>
    public string? Intent { get; init; }

    /// <inheritdoc cref="AnswerEvent.Done.Topics"/>
    public IReadOnlyList<AnswerTopic> Topics { get; init; } = [];

    /// <inheritdoc cref="AnswerEvent.Done.Choices"/>
    public IReadOnlyList<AnswerChoice> Choices { get; init; } = [];

    /// <inheritdoc cref="AnswerEvent.Done.Unsourced"/>
    public bool IsUnsourced { get; init; }

    /// <summary>What of it is kept with the message.</summary>
    public AnswerOutcome Outcome => new()
    {
        Notice = Notice, Intent = Intent, Topics = Topics is { Count: > 0 } ? Topics : null, Choices = Choices is { Count: > 0 } ? Choices : null, Model = Model, FaqId = FaqId, Unsourced = IsUnsourced,
    };

    /// <summary>Of an answer that a model wrote, where its sentences were checked.</summary>
    public GroundingReport? Grounding { get; init; }

    public TokenUsage? Usage { get; init; }

    /// <inheritdoc cref="AnswerEvent.Done.FaqId"/>
    public string? FaqId { get; init; }
}
