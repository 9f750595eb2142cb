namespace Chatbot.Backends.Feedback;

/// <summary>What a visitor says about an answer.</summary>
/// <param name="Comment">In his own words; null when he wrote none.</param>
/// <param name="Correction">The answer that would have been right; null when he wrote none.</param>
public sealed record Rating(string MessageId, bool Helpful, IReadOnlyList<FeedbackReason> Reasons, string? Comment, string? Correction);
