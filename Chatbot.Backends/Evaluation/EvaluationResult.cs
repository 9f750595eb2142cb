namespace Chatbot.Backends.Evaluation;

/// <summary>A question of a run, as it was when the run began, and how it went.</summary>
/// <param name="Ordinal">Its place, from 0.</param>
/// <param name="Outcome">Null until it was asked.</param>
public sealed record EvaluationResult(int Ordinal, GoldenQuestion Question, QuestionOutcome? Outcome);
