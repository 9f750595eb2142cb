namespace Chatbot.Backends.Conversations;

/// <summary>How an answer came about.</summary>
/// <param name="Steps">As the API writes them: a JSON array.</param>
public sealed record MessageTrace(string TraceId, string MessageId, string ConversationId, string KnowledgeBaseId, string? Question, string Answer, string Steps, DateTimeOffset CreatedAt);
