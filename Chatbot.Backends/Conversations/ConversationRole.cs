namespace Chatbot.Backends.Conversations;

/// <summary>Who said it.</summary>
public enum ConversationRole
{
    User,
    Assistant,
}
