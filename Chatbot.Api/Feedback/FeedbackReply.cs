using Chatbot.Backends.Feedback;
using Chatbot.Core.Answering;

namespace Chatbot.Api.Feedback;

/// <inheritdoc cref="FeedbackEntry"/>
public sealed record FeedbackReply(
    string MessageId, string ConversationId, string KnowledgeBaseId, string? Question, string Answer, IReadOnlyList<Citation> Citations, bool Refused,
    bool Helpful, IReadOnlyList<FeedbackReason> Reasons, string? Comment, string? Correction, DateTimeOffset CreatedAt, DateTimeOffset? HandledAt, string? FaqId)
{
    internal static FeedbackReply From(FeedbackEntry it) => new(
        it.Rating.MessageId, it.ConversationId, it.KnowledgeBaseId, it.Question, it.Answer, it.Citations, it.Refused, it.Rating.Helpful, it.Rating.Reasons,
        it.Rating.Comment, it.Rating.Correction, it.CreatedAt, it.HandledAt, it.FaqId);
}

/// <summary>Whether an editor is through with it.</summary>
public sealed record HandledRequest(bool? Handled);
