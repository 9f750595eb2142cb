namespace Chatbot.Backends.Conversations;

/// <summary>A conversation with its messages, in the order they were said.</summary>
public sealed record Transcript(Conversation Conversation, IReadOnlyList<ConversationMessage> Messages);
