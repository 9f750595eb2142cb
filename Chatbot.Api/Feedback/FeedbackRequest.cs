using Chatbot.Api.Http;
using Chatbot.Backends.Feedback;

namespace Chatbot.Api.Feedback;

/// <summary>What a visitor thinks of an answer.</summary>
/// <param name="Comment">In his own words.</param>
/// <param name="Reasons">Why it did not help.</param>
/// <param name="Correction">What would have been right.</param>
public sealed record FeedbackRequest(string? MessageId, bool? Helpful, string? Comment, IReadOnlyList<FeedbackReason>? Reasons = null, string? Correction = null)
{
    private const int LongestText = 4_000;

    internal void CheckFields(FieldErrors errors)
    {
        errors.Check(!string.IsNullOrWhiteSpace(MessageId), "messageId", "Name the answer by its messageId.");
        errors.Check(Helpful is not null, "helpful", "Say true or false.");
        errors.Check((Comment?.Length ?? 0) <= LongestText, "comment", $"A comment has at most {LongestText} characters.");
        errors.Check((Correction?.Length ?? 0) <= LongestText, "correction", $"A correction has at most {LongestText} characters.");
    }

    /// <summary>Only after <see cref="CheckFields"/> found nothing.</summary>
    internal Rating ToRating() => new(MessageId!, Helpful!.Value, Reasons ?? [], Clean(Comment), Clean(Correction));

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.ReplaceLineEndings("\n").Trim();
}
