namespace Chatbot.Backends.Feedback;

/// <summary>Which feedback to list; what is null does not restrict.</summary>
public sealed record FeedbackFilter
{
    public string? KnowledgeBaseId { get; init; }

    public bool? Helpful { get; init; }

    public FeedbackReason? Reason { get; init; }

    public bool? Handled { get; init; }

    /// <summary>Found anywhere in question, answer, comment or correction; upper and lower case of a-z are the same.</summary>
    public string? Text { get; init; }

    public string? FaqId { get; init; }

    public string? MessageId { get; init; }

    public int Limit { get; init; } = 50;

    public int Offset { get; init; }
}
