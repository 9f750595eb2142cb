namespace Chatbot.Web.Faqs;

/// <summary>A question with its answer as the API gives it.</summary>
internal sealed record Faq : FaqDraft
{
    public required string Id { get; init; }

    public string? KnowledgeBaseId { get; init; }

    /// <summary>pending, indexed, failed or gone.</summary>
    public required string Status { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }
}

/// <summary>What one may set of it.</summary>
internal record FaqDraft
{
    public string? KnowledgeBase { get; init; }

    public string? Question { get; init; }

    public IReadOnlyList<string>? Alternatives { get; init; }

    public string? Answer { get; init; }

    public string? Language { get; init; }

    public string? Link { get; init; }
}

/// <summary>An entry as visitors read it.</summary>
internal sealed record PublishedFaq(string Question, string Answer, string? Language, string? Link);

/// <summary>What became of an import.</summary>
internal sealed record FaqImportReply(int Created, int Changed, int Unchanged, int Rejected, int Deleted, IReadOnlyList<FaqImportProblem> Problems);

internal sealed record FaqImportProblem(int Entry, string Question, string Detail);
