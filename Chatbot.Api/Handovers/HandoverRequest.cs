using Chatbot.Api.Http;
using Chatbot.Core.Handovers;

namespace Chatbot.Api.Handovers;

/// <summary>A visitor's wish to be answered by a person.</summary>
public sealed record HandoverRequest
{
    private const int LongestLine = 200;
    private const int LongestNote = 4_000;

    public string? ConversationId { get; init; }

    public string? Name { get; init; }

    /// <summary>An address, a telephone number.</summary>
    public string? Reach { get; init; }

    public string? Note { get; init; }

    /// <summary>Two-letter code.</summary>
    public string? Language { get; init; }

    /// <summary>The visitor agrees that the conversation is passed on.</summary>
    public bool Consent { get; init; }

    internal void CheckFields(FieldErrors errors)
    {
        errors.Check(!string.IsNullOrWhiteSpace(ConversationId), "conversationId", "Name the conversation that is to be passed on.");
        errors.Check(Reach?.Trim().Length is > 2 and <= LongestLine, "reach", $"3 to {LongestLine} characters: an address or a telephone number.");
        errors.Check((Name?.Length ?? 0) <= LongestLine, "name", $"At most {LongestLine} characters.");
        errors.Check((Note?.Length ?? 0) <= LongestNote, "note", $"At most {LongestNote} characters.");
        errors.Check(Consent, "consent", "Without consent nothing is passed on.");
    }

    internal static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : string.Concat(text.Trim().Where(c => !char.IsControl(c) || c == '\n'));
}

/// <param name="Secret">What webhooks are signed with; null keeps the one that is set, an empty one signs no longer.</param>
public sealed record HandoverTargetRequest(string? Email, string? WebhookUrl, string? Secret)
{
    private const int Longest = 2_000;

    internal void CheckFields(FieldErrors errors)
    {
        errors.Check(string.IsNullOrWhiteSpace(Email) || (Email.Length <= 320 && System.Net.Mail.MailAddress.TryCreate(Email.Trim(), out _)), "email", "An address such as help@example.org.");
        errors.Check(
            string.IsNullOrWhiteSpace(WebhookUrl) || (WebhookUrl.Length <= Longest && Uri.TryCreate(WebhookUrl.Trim(), UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.UserInfo.Length == 0),
            "webhookUrl", "An absolute address that begins with https:// or http://, without a password in it.");
        errors.Check((Secret?.Length ?? 0) <= Longest, "secret", $"At most {Longest} characters.");
    }

    internal HandoverTarget ToTarget(HandoverTarget known)
    {
        var url = string.IsNullOrWhiteSpace(WebhookUrl) ? null : WebhookUrl.Trim();
        // A secret is known to the host that it was made for, and is not to be tried on another one.
        var isSameHost = url is not null && known.WebhookUrl is not null && new Uri(url).Host == new Uri(known.WebhookUrl).Host;
        return new(string.IsNullOrWhiteSpace(Email) ? null : Email.Trim(), url, Secret is null ? (isSameHost ? known.Secret : null) : Secret.Length == 0 ? null : Secret);
    }
}

/// <param name="HasSecret">Webhooks are signed.</param>
/// <param name="CanMail">A mail server is configured.</param>
public sealed record HandoverTargetReply(string? Email, string? WebhookUrl, bool HasSecret, bool CanMail);

/// <inheritdoc cref="Handover"/>
public sealed record HandoverReply(
    string Id, string KnowledgeBaseId, string ConversationId, string? Name, string Reach, string? Note, string Language,
    HandoverState State, string? Error, DateTimeOffset? MailedAt, DateTimeOffset? CalledAt, DateTimeOffset CreatedAt)
{
    internal static HandoverReply From(Handover it) => new(
        it.Id, it.KnowledgeBaseId, it.ConversationId, it.Name, it.Reach, it.Note, it.Language, it.State, it.Error, it.MailedAt, it.CalledAt, it.CreatedAt);
}

/// <summary>What a visitor is told.</summary>
public sealed record HandoverAccepted(string Id);
