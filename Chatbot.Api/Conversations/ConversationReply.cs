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
    internal static MessageReply From(ConversationMessage it) => new(
        it.Id, it.Role, it.Text, it.Citations, it.TraceId, it.Refused, it.Degraded, it.CreatedAt, it.Helpful, it.Comment);
}
