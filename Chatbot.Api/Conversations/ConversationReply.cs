using Chatbot.Backends.Conversations;
using Chatbot.Core.Answering;

namespace Chatbot.Api.Conversations;

/// <summary>A conversation with what was said, in order.</summary>
public sealed record ConversationReply(
    string Id, string KnowledgeBaseId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string? Visitor, IReadOnlyList<MessageReply> Messages)
{
    internal static ConversationReply From(Transcript it) => new(
        it.Conversation.Id, it.Conversation.KnowledgeBaseId, it.Conversation.CreatedAt, it.Conversation.UpdatedAt, it.Conversation.Visitor, [.. it.Messages.Select(MessageReply.From)]);
}

/// <inheritdoc cref="ConversationMessage"/>
public sealed record MessageReply(
    string Id, ConversationRole Role, string Text, IReadOnlyList<Citation> Citations, string? TraceId, bool Refused, bool Degraded,
    DateTimeOffset CreatedAt, bool? Helpful, string? Comment)
{
    /// <inheritdoc cref="AnswerOutcome.Notice"/>
    public string? Notice { get; init; }

    /// <inheritdoc cref="AnswerOutcome.Intent"/>
    public string? Intent { get; init; }

    /// <inheritdoc cref="AnswerOutcome.Topics"/>
    public IReadOnlyList<AnswerTopic>? Topics { get; init; }

    /// <inheritdoc cref="AnswerOutcome.Choices"/>
    public IReadOnlyList<AnswerChoice>? Choices { get; init; }

    /// <inheritdoc cref="AnswerOutcome.Model"/>
    public string? Model { get; init; }

    /// <inheritdoc cref="AnswerOutcome.FaqId"/>
    public string? FaqId { get; init; }

    /// <inheritdoc cref="AnswerOutcome.Unsourced"/>
    public bool? Unsourced { get; init; }

    internal static MessageReply From(ConversationMessage it) => new(
        it.Id, it.Role, it.Text, it.Citations, it.TraceId, it.Refused, it.Degraded, it.CreatedAt, it.Helpful, it.Comment)
    {
        Notice = it.Outcome?.Notice, Intent = it.Outcome?.Intent, Topics = it.Outcome?.Topics, Choices = it.Outcome?.Choices, Model = it.Outcome?.Model, FaqId = it.Outcome?.FaqId,
        Unsourced = it.Outcome is { Unsourced: true } ? true : null,
    };
}
