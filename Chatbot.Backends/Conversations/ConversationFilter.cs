namespace Chatbot.Backends.Conversations;

/// <summary>Which conversations; what is null does not restrict.</summary>
public sealed record ConversationFilter
{
    public string? KnowledgeBaseId { get; init; }

    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>As <see cref="Conversation.Visitor"/>.</summary>
    public string? Visitor { get; init; }

    /// <summary>Found anywhere in what was said; upper and lower case of a-z are the same.</summary>
    public string? Text { get; init; }

    public ConversationOutcome? Outcome { get; init; }

    public ConversationFeedback? Feedback { get; init; }

    /// <summary>Last message at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Last message before this time.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>How the questions of a conversation ended.</summary>
public enum ConversationOutcome
{
    /// <summary>Each has an answer.</summary>
    Answered,

    /// <summary>For at least one the sources held no answer.</summary>
    Refused,

    /// <summary>At least one was answered without a part that was down.</summary>
    Degraded,
}

/// <summary>What the visitor thought of the answers.</summary>
public enum ConversationFeedback
{
    Helpful,
    Unhelpful,

    /// <summary>He said something, whatever it was.</summary>
    Any,

    None,
}
