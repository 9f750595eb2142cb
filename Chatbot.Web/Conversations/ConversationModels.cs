using Chatbot.Web.Chat;

namespace Chatbot.Web.Conversations;

internal sealed record Conversation(string Id, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>A conversation with what was said, oldest first.</summary>
internal sealed record Transcript(string Id, DateTimeOffset CreatedAt, IReadOnlyList<TranscriptMessage> Messages);

internal sealed record TranscriptMessage
{
    public required string Id { get; init; }

    /// <summary>user or assistant.</summary>
    public required string Role { get; init; }

    public required string Text { get; init; }

    public IReadOnlyList<ChatCitation>? Citations { get; init; }

    public string? TraceId { get; init; }

    public bool Refused { get; init; }

    public bool Degraded { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public bool? Helpful { get; init; }

    public string? Comment { get; init; }
}
