using Chatbot.Api.Answering;
using Chatbot.Backends.Evaluation;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Backends.Sites;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Core.Sites;

namespace Chatbot.Api.Evaluations;

/// <summary>
/// Starts the runs that are due and asks the questions of those that wait, one question at a time and after those of visitors.
/// Starts that were missed because nothing ran are caught up by one run.
/// </summary>
internal sealed partial class EvaluationWorker(
    EvaluationStore runs,
    EvaluationRequests requests,
    EvaluationSettingsStore settings,
    ReleaseGate gate,
    ModelGate modelGate,
    CandidateIndex candidateIndex,
    QuestionEvaluator evaluator,
    KnowledgeBaseStore knowledgeBases,
    SiteStore sites,
    EvaluationTelemetry telemetry,
    VisitorTraffic traffic,
    TimeProvider clock,
    ILogger<EvaluationWorker> logger) : BackgroundService
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_look, clock);
        var isKnown = false;
        try
        {
            do
            {
                try
                {
                    if (!isKnown) await modelGate.LookAsync(stoppingToken);
                    if (!isKnown) await TellAsync(stoppingToken);
                    isKnown = true;
                    await StartDueAsync(stoppingToken);
                    await candidateIndex.LookAsync(stoppingToken);
                    while (await runs.TakeAsync(stoppingToken) is { } taken) await RunAsync(taken.Run, taken.Lease, stoppingToken);
                }
                // The database may be busy or away for a moment.
                catch (Exception error) when (!stoppingToken.IsCancellationRequested)
                {
                    LogLookBroke(error);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends; the run's lease does, too, and another process goes on.
        }
    }

    /// <summary>When the schedule of an expression comes next.</summary>
    public static DateTimeOffset? NextOf(EvaluationSettings settings, DateTimeOffset after) => settings.Cron is null ? null : new SiteSchedule { Cron = settings.Cron, TimeZone = settings.TimeZone }.Next(after);

    // Metrics are of a process, and the last run was perhaps another's.
    private async Task TellAsync(CancellationToken cancellationToken)
    {
        foreach (var knowledgeBase in await knowledgeBases.ListAsync(cancellationToken))
            if (await runs.FindLiveAsync(knowledgeBase.Id, null, cancellationToken) is { Metrics: { } metrics }) telemetry.Measured(knowledgeBase.Name, metrics);
    }

    private async Task StartDueAsync(CancellationToken cancellationToken)
    {
        foreach (var (knowledgeBaseId, due, dueAt) in await settings.ListDueAsync(cancellationToken))
        {
            if (!await settings.TakeAsync(knowledgeBaseId, dueAt, NextOf(due, clock.GetUtcNow()), cancellationToken)) continue;
            if (await requests.StartAsync(knowledgeBaseId, EvaluationCause.Schedule, null, cancellationToken) is { } run) LogScheduled(run.Id, knowledgeBaseId);
            else LogNoQuestions(knowledgeBaseId);
        }
    }

    private async Task RunAsync(EvaluationRun run, string lease, CancellationToken cancellationToken)
    {
        try
        {
            if (await knowledgeBases.FindAsync(run.KnowledgeBaseId, cancellationToken) is not { } knowledgeBase) return;
            if (!await AskAllAsync(run, lease, knowledgeBase, cancellationToken)) return;
            var outcomes = (await runs.GetResultsAsync(run.Id, cancellationToken)).Select(result => result.Outcome).OfType<QuestionOutcome>().ToList();
            var metrics = EvaluationMetrics.Of(outcomes);
            EvaluationCandidate? candidate = null;
            string? message = null;
            if (run.Candidate is not null) (candidate, message) = await gate.DecideAsync(run, metrics, cancellationToken);
            if (run.Candidate is { Kind: CandidateKind.Index }) await candidateIndex.RemoveAsync(knowledgeBase.Id, cancellationToken);
            if (!await runs.FinishAsync(run.Id, lease, EvaluationState.Completed, metrics, candidate, message, cancellationToken)) return;
            LogCompleted(run.Id, metrics.Questions, metrics.Score ?? 0);
            if (candidate is null or { State: CandidateState.Live }) telemetry.Measured(knowledgeBase.Name, metrics);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(error, run.Id);
            var held = run.Candidate is null ? null : run.Candidate with { State = CandidateState.Held };
            await runs.FinishAsync(run.Id, lease, EvaluationState.Failed, null, held, "A question could not be asked; the log says why.", cancellationToken);
        }
    }

    /// <returns>False when the run was taken away.</returns>
    private async Task<bool> AskAllAsync(EvaluationRun run, string lease, KnowledgeBase knowledgeBase, CancellationToken cancellationToken)
    {
        var pages = await PageMatcher.OfAsync(sites, knowledgeBase.Id, cancellationToken);
        var rehearsal = new Rehearsal
        {
            Settings = run.Candidate?.Settings,
            Templates = run.Candidate?.Templates ?? [],
            IsTrialIndex = run.Candidate is { Kind: CandidateKind.Index },
        };
        var model = run.Candidate is { Kind: CandidateKind.Model } ? run.Candidate.Reference : null;
        foreach (var result in await runs.GetResultsAsync(run.Id, cancellationToken))
        {
            if (result.Outcome is not null) continue;
            await traffic.LetPassAsync(cancellationToken);
            var outcome = await evaluator.AskAsync(knowledgeBase, result.Question, pages, model, rehearsal, cancellationToken);
            if (!await runs.RecordAsync(run.Id, lease, result.Ordinal, outcome, cancellationToken)) return false;
        }

        return true;
    }

    [LoggerMessage(LogLevel.Information, "Evaluation {RunId} of {KnowledgeBaseId} by its schedule")]
    private partial void LogScheduled(string runId, string knowledgeBaseId);

    [LoggerMessage(LogLevel.Warning, "An evaluation of {KnowledgeBaseId} was due, but it has no golden questions")]
    private partial void LogNoQuestions(string knowledgeBaseId);

    [LoggerMessage(LogLevel.Information, "Evaluation {RunId} is completed: {Questions} questions, score {Score}")]
    private partial void LogCompleted(string runId, int questions, double score);

    [LoggerMessage(LogLevel.Error, "Evaluation {RunId} failed")]
    private partial void LogFailed(Exception error, string runId);

    [LoggerMessage(LogLevel.Error, "Looking for evaluations broke; trying again")]
    private partial void LogLookBroke(Exception error);
}
