namespace Chatbot.Api.Conversations;

/// <summary>What a visitor thought of an answer.</summary>
/// <param name="Question">What had been asked; null when that message is not there.</param>
public sealed record FeedbackReply(
    string MessageId, string ConversationId, string KnowledgeBaseId, string? Question, string Answer, bool Helpful, string? Comment, DateTimeOffset CreatedAt);
