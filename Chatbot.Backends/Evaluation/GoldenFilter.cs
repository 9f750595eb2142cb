namespace Chatbot.Backends.Evaluation;

/// <summary>Which golden questions to list; what is null does not restrict.</summary>
public sealed record GoldenFilter(string KnowledgeBaseId)
{
    public bool? Draft { get; init; }

    public string? Kind { get; init; }

    /// <summary>Found anywhere in question, pages or phrases; upper and lower case of a-z are the same.</summary>
    public string? Text { get; init; }

    public int Limit { get; init; } = 50;

    public int Offset { get; init; }
}
