namespace Chatbot.Backends.Evaluation;

/// <summary>Asking the golden questions of a knowledge base once.</summary>
/// <param name="Candidate">What is tried; null when it is what visitors get.</param>
/// <param name="Message">Why it failed, or what came of the candidate; in English, for people.</param>
/// <param name="Total">Questions.</param>
/// <param name="Done">Of them asked.</param>
/// <param name="Metrics">Null before it is completed.</param>
public sealed record EvaluationRun(
    string Id, string KnowledgeBaseId, EvaluationState State, EvaluationCause Cause, EvaluationCandidate? Candidate, string? Message, int Total, int Done,
    EvaluationMetrics? Metrics, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt);

/// <summary>How far a run is.</summary>
public enum EvaluationState
{
    Queued,
    Running,
    Completed,
    Failed,
    Cancelled,
}

/// <summary>Who wanted a run.</summary>
public enum EvaluationCause
{
    Editor,
    Schedule,

    /// <summary>Something is to be changed, and waits for it.</summary>
    Gate,
}
