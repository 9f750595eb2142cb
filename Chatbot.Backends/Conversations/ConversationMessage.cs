using Chatbot.Core.Answering;

namespace Chatbot.Backends.Conversations;

/// <summary>A question or an answer.</summary>
public sealed record ConversationMessage
{
    public required string Id { get; init; }

    public required string ConversationId { get; init; }

    public required ConversationRole Role { get; init; }

    public required string Text { get; init; }

    /// <summary>Of an answer; empty for questions.</summary>
    public IReadOnlyList<Citation> Citations { get; init; } = [];

    /// <summary>What was shown with an answer; null for questions, and where there was nothing.</summary>
    public AnswerOutcome? Outcome { get; init; }

    /// <summary>The trace that it was answered in, 32 hexadecimal digits.</summary>
    public string? TraceId { get; init; }

    /// <summary>The answer says that the sources have none.</summary>
    public bool Refused { get; init; }

    /// <summary>The answer was made without a part that was down.</summary>
    public bool Degraded { get; init; }

    /// <summary>Set by the store.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What the visitor thought of the answer; null when nothing was said. Set by the store.</summary>
    public bool? Helpful { get; init; }

    /// <summary>What the visitor wrote about the answer. Set by the store.</summary>
    public string? Comment { get; init; }
}
