using Chatbot.Backends.Evaluation;

namespace Chatbot.Api.Evaluations;

/// <summary>Puts runs into the queue. Safe for concurrent use.</summary>
internal sealed class EvaluationRequests(EvaluationStore runs, GoldenQuestionStore golden)
{
    /// <summary>Questions of a run at most: hours of a slow model.</summary>
    public const int MostQuestions = 5_000;

    /// <returns>The run; null when the knowledge base has no golden questions that count.</returns>
    public async Task<EvaluationRun?> StartAsync(string knowledgeBaseId, EvaluationCause cause, EvaluationCandidate? candidate, CancellationToken cancellationToken)
    {
        var questions = await ListQuestionsAsync(knowledgeBaseId, cancellationToken);
        return questions.Count == 0 ? null : await runs.RequestAsync(knowledgeBaseId, cause, candidate, questions, cancellationToken);
    }

    /// <returns>Those that a run asks now; none when there are none that count.</returns>
    public Task<IReadOnlyList<GoldenQuestion>> ListQuestionsAsync(string knowledgeBaseId, CancellationToken cancellationToken) =>
        golden.ListAsync(new GoldenFilter(knowledgeBaseId) { Draft = false, Limit = MostQuestions }, cancellationToken);
}
