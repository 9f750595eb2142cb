using Chatbot.Web.Chat;

namespace Chatbot.Web.Feedback;

/// <summary>What a visitor said about an answer, as the API gives it.</summary>
internal sealed record FeedbackItem
{
    public required string MessageId { get; init; }

    public required string ConversationId { get; init; }

    public required string KnowledgeBaseId { get; init; }

    public string? Question { get; init; }

    public required string Answer { get; init; }

    public IReadOnlyList<ChatCitation>? Citations { get; init; }

    public bool Refused { get; init; }

    public bool Helpful { get; init; }

    /// <summary>Keys of <see cref="FeedbackReasons.All"/>.</summary>
    public IReadOnlyList<string>? Reasons { get; init; }

    public string? Comment { get; init; }

    public string? Correction { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? HandledAt { get; init; }

    public string? FaqId { get; init; }
}

internal sealed record HandledDraft(bool Handled);

/// <summary>Why an answer did not help: as the API names it, with the key of what people read.</summary>
internal static class FeedbackReasons
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["wrong"] = "chat.reasonWrong",
        ["incomplete"] = "chat.reasonIncomplete",
        ["outdated"] = "chat.reasonOutdated",
        ["offTopic"] = "chat.reasonOffTopic",
        ["badSource"] = "chat.reasonBadSource",
        ["unclear"] = "chat.reasonUnclear",
    };
}
