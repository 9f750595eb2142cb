using Chatbot.Api.Answering;
using Chatbot.Api.Http;
using Chatbot.Backends.Conversations;
using Chatbot.Backends.KnowledgeBases;

namespace Chatbot.Api.Conversations;

/// <summary>Which conversations are meant: the query of lists, exports and deletions.</summary>
internal sealed record ConversationsRequest
{
    private const int LongestText = 200;

    private static readonly string[] s_outcomes = [.. Enum.GetNames<ConversationOutcome>().Select(name => name.ToLowerInvariant())];
    private static readonly string[] s_feedback = [.. Enum.GetNames<ConversationFeedback>().Select(name => name.ToLowerInvariant())];

    // Properties and no constructor: the generator of endpoints writes one of nullable types so that it does not compile.
    public string? KnowledgeBase { get; init; }

    public string? Ids { get; init; }

    public string? Visitor { get; init; }

    public string? Text { get; init; }

    public string? Outcome { get; init; }

    public string? Feedback { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether anything restricts them: what deletes all of them must say so.</summary>
    public bool IsRestricted => new[] { KnowledgeBase, Ids, Visitor, Text, Outcome, Feedback }.Any(value => !string.IsNullOrWhiteSpace(value)) || From is not null || Until is not null;

    public void CheckFields(FieldErrors errors)
    {
        errors.Check(string.IsNullOrEmpty(Outcome) || s_outcomes.Contains(Outcome), "outcome", $"{string.Join(", ", s_outcomes)}.");
        errors.Check(string.IsNullOrEmpty(Feedback) || s_feedback.Contains(Feedback), "feedback", $"{string.Join(", ", s_feedback)}.");
        errors.Check((Text?.Length ?? 0) <= LongestText, "text", $"At most {LongestText} characters.");
        errors.Check(From is null || Until is null || From < Until, "until", "Later than from.");
    }

    /// <summary>Only after <see cref="CheckFields"/> found nothing.</summary>
    /// <returns>Null when there is no such knowledge base.</returns>
    public async Task<ConversationFilter?> ToFilterAsync(KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken)
    {
        var id = string.IsNullOrEmpty(KnowledgeBase) ? null : (await knowledgeBases.FindAsync(KnowledgeBase, cancellationToken))?.Id;
        if (id is null && !string.IsNullOrEmpty(KnowledgeBase)) return null;
        return new ConversationFilter
        {
            KnowledgeBaseId = id,
            Ids = string.IsNullOrWhiteSpace(Ids) ? null : Ids.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Visitor = string.IsNullOrWhiteSpace(Visitor) ? null : Visitor.Trim(),
            Text = Text,
            Outcome = string.IsNullOrEmpty(Outcome) ? null : Enum.Parse<ConversationOutcome>(Outcome, ignoreCase: true),
            Feedback = string.IsNullOrEmpty(Feedback) ? null : Enum.Parse<ConversationFeedback>(Feedback, ignoreCase: true),
            From = From,
            Until = Until,
        };
    }
}
