namespace Chatbot.Api.Conversations;

/// <param name="Deleted">How many were there and are not any more.</param>
public sealed record DeletedReply(int Deleted);
