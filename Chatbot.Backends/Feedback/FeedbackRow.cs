using System.Text.Json;
using Chatbot.Backends.Data;

namespace Chatbot.Backends.Feedback;

/// <summary>A row of the table <c>feedback</c> with its message.</summary>
internal sealed class FeedbackRow
{
    public string MessageId { get; set; } = "";

    public string ConversationId { get; set; } = "";

    public string KnowledgeBaseId { get; set; } = "";

    public string? Question { get; set; }

    public string Answer { get; set; } = "";

    public string? Citations { get; set; }

    public int Refused { get; set; }

    public int Helpful { get; set; }

    public string Reasons { get; set; } = "";

    public string? Comment { get; set; }

    public string? Correction { get; set; }

    public long CreatedAt { get; set; }

    public long? HandledAt { get; set; }

    public string? FaqId { get; set; }

    public FeedbackEntry ToRecord() => new(
        new Rating(
            MessageId, Helpful != 0, [.. Reasons.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Stored.Enum<FeedbackReason>)], Comment, Correction),
        ConversationId,
        KnowledgeBaseId,
        Question,
        Answer,
        Citations is null ? [] : JsonSerializer.Deserialize(Citations, BackendsJson.Default.IReadOnlyListCitation) ?? [],
        Refused != 0,
        Stored.Time(CreatedAt),
        Stored.Time(HandledAt),
        FaqId);
}
