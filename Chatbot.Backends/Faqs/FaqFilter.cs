namespace Chatbot.Backends.Faqs;

/// <summary>Which entries to list; what is null does not restrict.</summary>
public sealed record FaqFilter
{
    public string? KnowledgeBaseId { get; init; }

    /// <summary>Two-letter code.</summary>
    public string? Language { get; init; }

    /// <summary>Found anywhere in questions or answer; upper and lower case of a-z are the same.</summary>
    public string? Text { get; init; }

    public int Limit { get; init; } = 50;

    public int Offset { get; init; }
}
