using Chatbot.Api.Http;
using Chatbot.Backends.Evaluation;
using Chatbot.Core.Sites;

namespace Chatbot.Api.Evaluations;

/// <summary>A run that is wanted.</summary>
/// <param name="KnowledgeBase">Name or id; null is the default one.</param>
/// <param name="Model">Another configured language model, to compare; null asks as visitors do.</param>
public sealed record EvaluationRequest(string? KnowledgeBase, string? Model);

/// <summary>The questions of a run beside those of another.</summary>
/// <param name="With">What it is compared with; null when there is nothing.</param>
/// <param name="Better">Questions with a higher score than there; so <paramref name="Worse"/> and <paramref name="Same"/>.</param>
public sealed record EvaluationComparison(EvaluationRun Run, EvaluationRun? With, int Better, int Worse, int Same, IReadOnlyList<ComparedQuestion> Items)
{
    internal static EvaluationComparison Of(EvaluationRun run, IReadOnlyList<EvaluationResult> results, EvaluationRun? with, IReadOnlyList<EvaluationResult> before)
    {
        // By the words: a question that was changed is another one, one that was written again is the same.
        var then = new Dictionary<string, QuestionOutcome>(StringComparer.Ordinal);
        foreach (var result in before)
            if (result.Outcome is { } outcome) then[GoldenQuestionStore.HashOf(result.Question.Question)] = outcome;
        var items = results.Select(result => ComparedQuestion.Of(result, then.GetValueOrDefault(GoldenQuestionStore.HashOf(result.Question.Question)))).ToList();
        return new(run, with, items.Count(it => it.Change == QuestionChange.Better), items.Count(it => it.Change == QuestionChange.Worse), items.Count(it => it.Change == QuestionChange.Same), items);
    }
}

/// <summary>A question of a run, and how it went in the other one.</summary>
/// <param name="Outcome">Null until it was asked.</param>
/// <param name="Before">Null when it was not asked there.</param>
public sealed record ComparedQuestion(int Ordinal, GoldenQuestion Question, QuestionOutcome? Outcome, QuestionOutcome? Before, QuestionChange Change)
{
    private const double Least = 0.001;

    internal static ComparedQuestion Of(EvaluationResult result, QuestionOutcome? before) => new(
        result.Ordinal,
        result.Question,
        result.Outcome,
        before,
        (result.Outcome, before) switch
        {
            (null, _) or (_, null) => QuestionChange.New,
            var (now, then) when now.Score > then.Score + Least => QuestionChange.Better,
            var (now, then) when now.Score < then.Score - Least => QuestionChange.Worse,
            _ => QuestionChange.Same,
        });
}

/// <summary>How a question's score differs from the other run's.</summary>
public enum QuestionChange
{
    Same,
    Better,
    Worse,

    /// <summary>It was not asked in one of them.</summary>
    New,
}

/// <inheritdoc cref="EvaluationSettings"/>
public sealed record EvaluationSettingsRequest(string? Cron, string? TimeZone, bool? Gate, double? Tolerance, bool? Drift, string? Webhook)
{
    private const int LongestUrl = 2_000;

    internal void CheckFields(FieldErrors errors)
    {
        errors.Check(string.IsNullOrWhiteSpace(Cron) || CronExpression.TryParse(Cron, out _), "cron", "Minute, hour, day of month, month, day of week, such as 30 4 * * 1-5.");
        errors.Check(string.IsNullOrWhiteSpace(TimeZone) || TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone.Trim(), out _), "timeZone", "A time zone such as Europe/Berlin.");
        errors.Check(Tolerance is null or (>= 0 and <= 1), "tolerance", "A share from 0 to 1.");
        errors.Check(string.IsNullOrWhiteSpace(Webhook) || (Webhook.Length <= LongestUrl && Uri.TryCreate(Webhook.Trim(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https"), "webhook", "An absolute address that begins with http:// or https://.");
    }

    /// <summary>Only after <see cref="CheckFields"/> found nothing.</summary>
    internal EvaluationSettings ToSettings() => new()
    {
        Cron = string.IsNullOrWhiteSpace(Cron) ? null : Cron.Trim(),
        TimeZone = string.IsNullOrWhiteSpace(TimeZone) ? "UTC" : TimeZone.Trim(),
        Gate = Gate ?? false,
        Tolerance = Tolerance ?? EvaluationSettings.Default.Tolerance,
        Drift = Drift ?? true,
        Webhook = string.IsNullOrWhiteSpace(Webhook) ? null : Webhook.Trim(),
    };
}

/// <inheritdoc cref="EvaluationSettings"/>
/// <param name="NextAt">When the next run starts by itself; null: never.</param>
public sealed record EvaluationSettingsReply(string? Cron, string TimeZone, bool Gate, double Tolerance, bool Drift, string? Webhook, DateTimeOffset? NextAt)
{
    internal static EvaluationSettingsReply From(EvaluationSettings it, DateTimeOffset? nextAt) => new(it.Cron, it.TimeZone, it.Gate, it.Tolerance, it.Drift, it.Webhook, nextAt);
}
