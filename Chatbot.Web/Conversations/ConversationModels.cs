using Chatbot.Web.Chat;

namespace Chatbot.Web.Conversations;

/// <summary>A conversation as it stands in a list.</summary>
internal sealed record Conversation(
    string Id, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string? Visitor, string? Question, int Questions, int Refused, int Degraded, int Helpful, int Unhelpful);

/// <summary>A conversation with what was said, oldest first.</summary>
internal sealed record Transcript(string Id, DateTimeOffset CreatedAt, string? Visitor, IReadOnlyList<TranscriptMessage> Messages);

internal sealed record TranscriptMessage
{
    public required string Id { get; init; }

    /// <summary>user or assistant.</summary>
    public required string Role { get; init; }

    public required string Text { get; init; }

    public IReadOnlyList<ChatCitation>? Citations { get; init; }

    public string? Notice { get; init; }

    /// <summary>What the question was taken for, when it was none for the sources.</summary>
    public string? Intent { get; init; }

    public IReadOnlyList<ChatTopic>? Topics { get; init; }

    /// <summary>What the visitor could choose from, when he was asked back.</summary>
    public IReadOnlyList<ChatChoice>? Choices { get; init; }

    public string? Model { get; init; }

    /// <summary>The entry of questions and answers whose answer it is.</summary>
    public string? FaqId { get; init; }

    public bool? Unsourced { get; init; }

    public string? TraceId { get; init; }

    public bool Refused { get; init; }

    public bool Degraded { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public bool? Helpful { get; init; }

    public string? Comment { get; init; }
}

/// <summary>How many were deleted.</summary>
internal sealed record DeletedConversations(int Deleted);
