using Chatbot.Core.Answering;

namespace Chatbot.Backends.Feedback;

/// <summary>What a visitor said about an answer, with what it is about.</summary>
/// <param name="Question">What had been asked; null when that message is not there.</param>
/// <param name="HandledAt">When an editor was through with it; null while it waits.</param>
/// <param name="FaqId">The question with its answer that came of it.</param>
public sealed record FeedbackEntry(
    Rating Rating, string ConversationId, string KnowledgeBaseId, string? Question, string Answer, IReadOnlyList<Citation> Citations, bool Refused,
    DateTimeOffset CreatedAt, DateTimeOffset? HandledAt, string? FaqId);
