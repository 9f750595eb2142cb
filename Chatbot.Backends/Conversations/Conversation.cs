namespace Chatbot.Backends.Conversations;

/// <summary>A visitor's questions and their answers, in one sitting.</summary>
/// <param name="Visitor">Names the visitor's browser, as a hash; null where it says nothing.</param>
public sealed record Conversation(string Id, string KnowledgeBaseId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string? Visitor = null);
