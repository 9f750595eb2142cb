namespace Chatbot.Backends.Evaluation;

/// <summary>When the golden questions of a knowledge base are asked by themselves, and what depends on it.</summary>
public sealed record EvaluationSettings
{
    public static readonly EvaluationSettings Default = new();

    /// <summary>See <see cref="Core.Sites.CronExpression"/>; null: never.</summary>
    public string? Cron { get; init; }

    /// <summary>The zone that <see cref="Cron"/> is meant in.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Changes of settings, prompt and index go live only when a run with them is not worse.</summary>
    public bool Gate { get; init; }

    /// <summary>How much lower score and hit@5 may be, 0 to 1, and still count as not worse: single questions come and go.</summary>
    public double Tolerance { get; init; } = 0.02;

    /// <summary>After a crawl that changed something the most frequent questions are asked again.</summary>
    public bool Drift { get; init; } = true;

    /// <summary>Where to tell of answers that changed; null: nowhere.</summary>
    public string? Webhook { get; init; }
}
