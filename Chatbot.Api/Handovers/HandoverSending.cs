namespace Chatbot.Api.Handovers;

/// <summary>Somebody could not be told; the message is for editors and names no secret.</summary>
internal sealed class HandoverFailedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>What a webhook gets.</summary>
public sealed record HandoverEvent(
    string Event, string Id, string KnowledgeBase, string ConversationId, string? Name, string Reach, string? Note, string Language, DateTimeOffset CreatedAt, IReadOnlyList<HandoverMessage> Messages);

/// <param name="Role">user or assistant.</param>
public sealed record HandoverMessage(string Role, string Text, DateTimeOffset CreatedAt);
