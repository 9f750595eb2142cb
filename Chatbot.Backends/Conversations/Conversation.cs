namespace Chatbot.Backends.Conversations;

/// <summary>A visitor's questions and their answers, in one sitting.</summary>
public sealed record Conversation(string Id, string KnowledgeBaseId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
