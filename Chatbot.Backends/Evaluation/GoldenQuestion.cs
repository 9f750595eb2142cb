namespace Chatbot.Backends.Evaluation;

/// <summary>A question whose right answer is known.</summary>
public sealed record GoldenQuestion
{
    /// <summary>The kind of a question that sounds as if it belonged to the sources, but that they do not answer.</summary>
    public const string Unanswerable = "unanswerable";

    public required string Id { get; init; }

    public required string KnowledgeBaseId { get; init; }

    /// <summary>What files call it; unique within the knowledge base.</summary>
    public required string Name { get; init; }

    public required string Question { get; init; }

    /// <summary>Two-letter code; null when it is not known.</summary>
    public string? Language { get; init; }

    /// <summary><c>fact</c>, <c>howto</c>, <c>definition</c>, <c>value</c>, <c>table</c>, <see cref="Unanswerable"/>, or a word of one's own.</summary>
    public required string Kind { get; init; }

    /// <summary>Any of them is a right source: URLs, or paths below the sites' roots. <c>#page=3</c> names a page of a PDF.</summary>
    public IReadOnlyList<string> ExpectedPages { get; init; } = [];

    /// <summary>Any of them, verbatim, is the answer or stands beside it.</summary>
    public IReadOnlyList<string> ExpectedPhrases { get; init; } = [];

    /// <summary>Nobody has looked at it yet; it counts in no run.</summary>
    public bool IsDraft { get; init; }

    public GoldenOrigin Origin { get; init; }

    /// <summary>The answer whose question it was; null when it came from elsewhere.</summary>
    public string? MessageId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public bool HasAnswer => Kind != Unanswerable;
}

/// <summary>Where a golden question came from.</summary>
public enum GoldenOrigin
{
    Editor,
    File,
    Feedback,

    /// <summary>A visitor asked it, and was told that there is no answer.</summary>
    Unanswered,

    /// <summary>A question with its answer.</summary>
    Faq,

    /// <summary>A heading of a page.</summary>
    Page,
}
