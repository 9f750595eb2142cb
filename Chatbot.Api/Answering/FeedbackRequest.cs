namespace Chatbot.Api.Answering;

/// <summary>What a visitor thinks of an answer.</summary>
public sealed record FeedbackRequest(string? MessageId, bool? Helpful, string? Comment)
{
    /// <summary>Characters of a comment at most.</summary>
    public const int LongestComment = 4_000;
}
