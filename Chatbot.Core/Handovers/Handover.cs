namespace Chatbot.Core.Handovers;

/// <summary>A visitor's wish to be answered by a person, with the conversation so far.</summary>
public sealed record Handover
{
    public required string Id { get; init; }

    public required string KnowledgeBaseId { get; init; }

    public required string ConversationId { get; init; }

    public string? Name { get; init; }

    /// <summary>How to reach the visitor: an address, a telephone number.</summary>
    public required string Reach { get; init; }

    public string? Note { get; init; }

    /// <summary>Two-letter code of the visitor's language.</summary>
    public required string Language { get; init; }

    public HandoverState State { get; init; }

    /// <summary>Why it was not delivered; null when it was, or nobody is to be told.</summary>
    public string? Error { get; init; }

    /// <summary>When it was mailed; null when it was not.</summary>
    public DateTimeOffset? MailedAt { get; init; }

    /// <summary>When the webhook took it; null when it did not.</summary>
    public DateTimeOffset? CalledAt { get; init; }

    /// <summary>When the visitor agreed that the conversation is passed on.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

public enum HandoverState
{
    /// <summary>To be told to those who are to be told.</summary>
    Waiting,

    /// <summary>Told to all of them, or there is nobody to be told but the editors.</summary>
    Open,

    /// <summary>Somebody could not be told, after all attempts.</summary>
    Failed,

    /// <summary>A person took care of it.</summary>
    Done,
}

/// <summary>Who is told of a knowledge base's hand-overs.</summary>
/// <param name="Secret">What webhooks are signed with; null when they are not.</param>
public sealed record HandoverTarget(string? Email, string? WebhookUrl, string? Secret)
{
    public static HandoverTarget None { get; } = new(null, null, null);

    public bool IsSet => Email is not null || WebhookUrl is not null;
}
