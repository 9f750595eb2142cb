namespace Chatbot.Backends.Conversations;

/// <summary>A conversation as it stands in a list.</summary>
/// <param name="Question">The first; null before it was kept.</param>
/// <param name="Questions">How many there are.</param>
/// <param name="Refused">Answers that say that there is none.</param>
public sealed record ConversationSummary(
    string Id, string KnowledgeBaseId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string? Visitor, string? Question,
    int Questions, int Refused, int Degraded, int Helpful, int Unhelpful);
