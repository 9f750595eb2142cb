namespace Chatbot.Web.Handovers;

/// <summary>A visitor who wants a person, as the API gives it.</summary>
/// <param name="State">waiting, open, failed or done.</param>
internal sealed record Handover(
    string Id, string KnowledgeBaseId, string ConversationId, string? Name, string Reach, string? Note, string State, string? Error, DateTimeOffset CreatedAt);

internal sealed record HandoverDraft(string? ConversationId, string? Name, string? Reach, string? Note, string? Language, bool Consent);

internal sealed record HandoverAccepted(string Id);

internal sealed record HandoverTarget(string? Email, string? WebhookUrl, bool HasSecret, bool CanMail);

internal sealed record HandoverTargetDraft(string? Email, string? WebhookUrl, string? Secret);

/// <summary>What a visitor's form sends.</summary>
public sealed class HandoverForm
{
    public string? Name { get; set; }

    public string? Reach { get; set; }

    public string? Note { get; set; }

    public bool Consent { get; set; }
}

public sealed class HandoverTargetForm
{
    public string? Email { get; set; }

    public string? WebhookUrl { get; set; }

    /// <summary>Empty keeps the one that is set.</summary>
    public string? Secret { get; set; }

    public bool ForgetSecret { get; set; }
}
