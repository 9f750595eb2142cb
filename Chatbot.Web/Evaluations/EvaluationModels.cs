namespace Chatbot.Web.Evaluations;

/// <summary>A run over golden questions, as the API gives it.</summary>
public sealed record Evaluation
{
    public required string Id { get; init; }

    public required string KnowledgeBaseId { get; init; }

    /// <summary>queued, running, completed, failed or cancelled.</summary>
    public required string State { get; init; }

    /// <summary>editor, schedule or gate.</summary>
    public required string Cause { get; init; }

    public Candidate? Candidate { get; init; }

    public string? Message { get; init; }

    public int Total { get; init; }

    public int Done { get; init; }

    public Figures? Metrics { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public bool IsOpen => State is "queued" or "running";

    /// <summary>It says how visitors fare.</summary>
    public bool IsLive => State == "completed" && Candidate is null or { State: "live" };
}

/// <summary>What is tried. Kind: settings, index, template or model; state: waiting, live, held, dropped or compared.</summary>
public sealed record Candidate(string Kind, string? Label, string State)
{
    /// <summary>Of a template: what would come into use.</summary>
    public IReadOnlyList<TriedTemplate> Templates { get; init; } = [];
}

/// <summary>A version of a prompt template that is tried.</summary>
/// <param name="Language">Empty for all that have no template of their own.</param>
public sealed record TriedTemplate(string Id, string Name, string Language, string Text, string? Note);

/// <summary>Shares and means, 0 to 1; null where no question counts in one.</summary>
public sealed record Figures
{
    public int Questions { get; init; }

    public int Unanswerable { get; init; }

    public double? HitAt1 { get; init; }

    public double? HitAt3 { get; init; }

    public double? HitAt5 { get; init; }

    public double? HitAt10 { get; init; }

    public double? Mrr { get; init; }

    public double? PrecisionAt5 { get; init; }

    public double? PhraseAt5 { get; init; }

    public double? AnswerPhrase { get; init; }

    public double? Cites { get; init; }

    public double? RefusedRightly { get; init; }

    public double? RefusedWrongly { get; init; }

    public double? RefusalsRight { get; init; }

    public double? Score { get; init; }

    public double? MeanMs { get; init; }
}

internal sealed record EvaluationDraft(string? KnowledgeBase);

/// <summary>A run's questions beside those of another one.</summary>
internal sealed record Comparison(Evaluation Run, Evaluation? With, int Better, int Worse, int Same, IReadOnlyList<ComparedQuestion> Items);

/// <param name="Change">same, better, worse or new.</param>
internal sealed record ComparedQuestion(GoldenQuestion Question, QuestionOutcome? Outcome, QuestionOutcome? Before, string Change);

internal sealed record QuestionOutcome
{
    public int PageRank { get; init; }

    public bool Refused { get; init; }

    public double Score { get; init; }

    /// <summary>What went wrong, in one word.</summary>
    public string? Miss { get; init; }

    public string? Detail { get; init; }

    public IReadOnlyList<string> OutrankedBy { get; init; } = [];

    public string Answer { get; init; } = "";

    public double Ms { get; init; }
}

internal sealed record GoldenQuestion : GoldenDraft
{
    public required string Id { get; init; }

    public required string KnowledgeBaseId { get; init; }

    public bool IsDraft { get; init; }

    /// <summary>editor, file, feedback, unanswered, faq or page.</summary>
    public required string Origin { get; init; }
}

/// <summary>What one may set of it.</summary>
internal record GoldenDraft
{
    public string? KnowledgeBase { get; init; }

    public string? Name { get; init; }

    public string? Question { get; init; }

    public string? Language { get; init; }

    public string? Kind { get; init; }

    public IReadOnlyList<string>? ExpectedPages { get; init; }

    public IReadOnlyList<string>? ExpectedPhrases { get; init; }

    public bool? Draft { get; init; }
}

/// <summary>What visitors asked and got no answer to.</summary>
internal sealed record AskedQuestion(string MessageId, string Question, int Times, DateTimeOffset AnsweredAt);

internal sealed record AcceptDraft(string? KnowledgeBase, IReadOnlyList<string>? Ids);

internal sealed record PromoteDraft(string? MessageId);

internal sealed record CountReply(int Count);

internal sealed record GoldenImportReply(int Created, int Changed, int Rejected, IReadOnlyList<GoldenImportProblem> Problems);

internal sealed record GoldenImportProblem(int Entry, string Question, string Detail);

/// <summary>When runs start by themselves, and what depends on them.</summary>
internal sealed record EvaluationSettings(string? Cron, string? TimeZone, bool Gate, double Tolerance, bool Drift, string? Webhook, DateTimeOffset? NextAt = null);
