using System.Text.Json;
using Chatbot.Backends.Data;
using Chatbot.Core.Answering;

namespace Chatbot.Backends.Conversations;

/// <summary>A row of the table <c>messages</c> with its feedback.</summary>
internal sealed class ConversationMessageRow
{
    private static readonly AnswerOutcome s_nothing = new();

    public string Id { get; set; } = "";

    public string ConversationId { get; set; } = "";

    public string Role { get; set; } = "";

    public string Text { get; set; } = "";

    public string? Citations { get; set; }

    public string? Outcome { get; set; }

    public string? TraceId { get; set; }

    public int Refused { get; set; }

    public int Degraded { get; set; }

    public long CreatedAt { get; set; }

    public int? Helpful { get; set; }

    public string? Comment { get; set; }

    public static ConversationMessageRow From(ConversationMessage message, long createdAt) => new()
    {
        Id = message.Id,
        ConversationId = message.ConversationId,
        Role = Stored.Name(message.Role),
        Text = message.Text,
        Citations = message.Citations.Count == 0 ? null : JsonSerializer.Serialize(message.Citations, BackendsJson.Default.IReadOnlyListCitation),
        Outcome = message.Outcome is null || message.Outcome == s_nothing ? null : JsonSerializer.Serialize(message.Outcome, BackendsJson.Default.AnswerOutcome),
        TraceId = message.TraceId,
        Refused = message.Refused ? 1 : 0,
        Degraded = message.Degraded ? 1 : 0,
        CreatedAt = createdAt,
    };

    public ConversationMessage ToRecord() => new()
    {
        Id = Id,
        ConversationId = ConversationId,
        Role = Stored.Enum<ConversationRole>(Role),
        Text = Text,
        Citations = Citations is null ? [] : JsonSerializer.Deserialize(Citations, BackendsJson.Default.IReadOnlyListCitation) ?? [],
        Outcome = Outcome is null ? null : JsonSerializer.Deserialize(Outcome, BackendsJson.Default.AnswerOutcome),
        TraceId = TraceId,
        Refused = Refused != 0,
        Degraded = Degraded != 0,
        CreatedAt = Stored.Time(CreatedAt),
        Helpful = Helpful is { } helpful ? helpful != 0 : null,
        Comment = Comment,
    };
}
