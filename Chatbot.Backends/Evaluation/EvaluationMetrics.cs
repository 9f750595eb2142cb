namespace Chatbot.Backends.Evaluation;

/// <summary>How a set of golden questions went. Shares and means, 0 to 1; null where no question counts in one.</summary>
public sealed record EvaluationMetrics
{
    public int Questions { get; init; }

    public int Unanswerable { get; init; }

    /// <summary>The share of answerable questions with an expected page first; so with 3, 5, 10 for among the first so many distinct pages.</summary>
    public double? HitAt1 { get; init; }

    public double? HitAt3 { get; init; }

    public double? HitAt5 { get; init; }

    public double? HitAt10 { get; init; }

    /// <summary>Mean of 1 / place of the first expected page, 0 below the tenth.</summary>
    public double? Mrr { get; init; }

    /// <summary>Mean share of right passages among the first five.</summary>
    public double? PrecisionAt5 { get; init; }

    /// <summary>The share of questions with an expected phrase in one of the first five passages.</summary>
    public double? PhraseAt5 { get; init; }

    /// <summary>The share of answers that hold an expected phrase.</summary>
    public double? AnswerPhrase { get; init; }

    /// <summary>The share of answers that cite an expected page.</summary>
    public double? Cites { get; init; }

    /// <summary>The share of unanswerable questions that were refused.</summary>
    public double? RefusedRightly { get; init; }

    /// <summary>The share of answerable questions that were refused.</summary>
    public double? RefusedWrongly { get; init; }

    /// <summary>The share of all questions that were refused or answered as they should.</summary>
    public double? RefusalsRight { get; init; }

    /// <summary>Mean of the questions' scores: what one run is compared with another by.</summary>
    public double? Score { get; init; }

    public double? MeanMs { get; init; }

    /// <summary>Questions that got no answer at all.</summary>
    public int Failed { get; init; }

    public int Degraded { get; init; }

    public static EvaluationMetrics Of(IReadOnlyCollection<QuestionOutcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var answerable = outcomes.Where(it => it.HasAnswer).ToList();
        var others = outcomes.Where(it => !it.HasAnswer).ToList();
        var findable = answerable.Where(it => it.HasPages || it.HasPhrases).ToList();
        var worded = answerable.Where(it => it.HasPhrases).ToList();
        return new()
        {
            Questions = outcomes.Count,
            Unanswerable = others.Count,
            HitAt1 = Share(findable, it => it.PageRank is 1),
            HitAt3 = Share(findable, it => it.PageRank is >= 1 and <= 3),
            HitAt5 = Share(findable, it => it.PageRank is >= 1 and <= 5),
            HitAt10 = Share(findable, it => it.PageRank is >= 1 and <= 10),
            Mrr = Mean(findable, it => it.PageRank is >= 1 and <= 10 ? 1.0 / it.PageRank : 0),
            PrecisionAt5 = Mean(findable, it => it.PrecisionAt5),
            PhraseAt5 = Share(worded, it => it.PhraseRank is >= 1 and <= 5),
            AnswerPhrase = Share(worded, it => it.HoldsPhrase),
            Cites = Share(answerable.Where(it => it.HasPages).ToList(), it => it.Cites),
            RefusedRightly = Share(others, it => it.Refused),
            RefusedWrongly = Share(answerable, it => it.Refused),
            RefusalsRight = Share(outcomes, it => !it.Failed && it.Refused != it.HasAnswer),
            Score = Mean(outcomes, it => it.Score),
            MeanMs = Mean(outcomes, it => it.Ms),
            Failed = outcomes.Count(it => it.Failed),
            Degraded = outcomes.Count(it => it.Degraded),
        };
    }

    private static double? Share(IReadOnlyCollection<QuestionOutcome> some, Func<QuestionOutcome, bool> holds) => Mean(some, it => holds(it) ? 1 : 0);

    private static double? Mean(IReadOnlyCollection<QuestionOutcome> some, Func<QuestionOutcome, double> value) =>
        some.Count == 0 ? null : Math.Round(some.Average(value), 4);
}
