using System.Globalization;
using System.Text.Json;
using Chatbot.Api.Prompts;
using Chatbot.Backends.Evaluation;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Backends.Prompts;
using Chatbot.Core;
using Chatbot.Core.Chunks;
using Chatbot.Core.Jobs;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Core.Messages;

namespace Chatbot.Api.Evaluations;

/// <summary>
/// Holds changes back until a run with them is through: what is not worse goes live by itself, what is waits for an
/// administrator. What visitors get is measured anew before each candidate, on the same questions. Safe for concurrent use.
/// </summary>
internal sealed partial class ReleaseGate(
    EvaluationStore runs,
    EvaluationRequests requests,
    EvaluationSettingsStore settings,
    KnowledgeBaseStore knowledgeBases,
    PromptTemplateStore prompts,
    PromptBook book,
    IIndexBuilds builds,
    IJobQueue queue,
    ILogger<ReleaseGate> logger)
{
    /// <summary>Whether a change of settings may change answers; origins and what the chat page says first do not.</summary>
    public static bool Matters(KnowledgeBaseSettings before, KnowledgeBaseSettings after) => Essence(before) != Essence(after);

    /// <summary>Begins to try a change.</summary>
    /// <returns>The candidate's run; null when nothing holds changes of the knowledge base back.</returns>
    public async Task<EvaluationRun?> TryAsync(string knowledgeBaseId, EvaluationCandidate candidate, CancellationToken cancellationToken)
    {
        if (!(await settings.GetAsync(knowledgeBaseId, cancellationToken)).Gate) return null;
        if (await requests.StartAsync(knowledgeBaseId, EvaluationCause.Gate, null, cancellationToken) is not { } baseline) return null;
        return await requests.StartAsync(knowledgeBaseId, EvaluationCause.Gate, candidate with { BaselineRunId = baseline.Id, State = CandidateState.Waiting }, cancellationToken);
    }

    /// <summary>Compares a candidate's run with its baseline and, when it is not worse, lets it go live.</summary>
    public async Task<(EvaluationCandidate Candidate, string Message)> DecideAsync(EvaluationRun run, EvaluationMetrics metrics, CancellationToken cancellationToken)
    {
        var candidate = run.Candidate!;
        if (candidate.Kind == CandidateKind.Model) return (candidate with { State = CandidateState.Compared }, "Another model was tried; nothing was changed.");
        var baseline = candidate.BaselineRunId is { } id ? await runs.FindAsync(id, cancellationToken) : null;
        if (baseline?.Metrics is not { } before) return (candidate with { State = CandidateState.Held }, "What visitors get could not be measured, so there is nothing to compare with.");
        var tolerance = (await settings.GetAsync(run.KnowledgeBaseId, cancellationToken)).Tolerance;
        // A quoted answer says nothing of what a model is told, nor of the model.
        var isOfModel = candidate.Kind == CandidateKind.Template
            || (candidate.Settings is { } tried && (await knowledgeBases.FindAsync(run.KnowledgeBaseId, cancellationToken))?.Settings.Model != tried.Model);
        if (isOfModel && Math.Max(Unasked(before), Unasked(metrics)) > tolerance)
            return (candidate with { State = CandidateState.Held }, $"Some questions got no whole answer of the language model ({before.Degraded + before.Failed} as it is, {metrics.Degraded + metrics.Failed} with the change), so the two cannot be compared.");
        if (WorseBy(before.Score, metrics.Score) > tolerance || WorseBy(before.HitAt5, metrics.HitAt5) > tolerance)
        {
            LogHeld(run.Id, run.KnowledgeBaseId);
            return (candidate with { State = CandidateState.Held }, $"Worse than what visitors get: score {Text(metrics.Score)} for {Text(before.Score)}, hit@5 {Text(metrics.HitAt5)} for {Text(before.HitAt5)}.");
        }

        if (candidate is { Kind: CandidateKind.Template, Templates: { } templates })
        {
            if (!await prompts.ReleaseAsync(run.KnowledgeBaseId, templates, unlessChanged: true, cancellationToken))
                return (candidate with { State = CandidateState.Held }, "Not worse, but another version came into use meanwhile.");
            book.Forget(run.KnowledgeBaseId);
        }

        var isLive = candidate.Kind == CandidateKind.Template || await ApplyAsync(run.KnowledgeBaseId, candidate, cancellationToken);
        return isLive
            ? (candidate with { State = CandidateState.Live }, $"Not worse: score {Text(metrics.Score)} for {Text(before.Score)}, hit@5 {Text(metrics.HitAt5)} for {Text(before.HitAt5)}.")
            : (candidate with { State = CandidateState.Dropped }, "What was to be changed is not there any more.");
    }

    /// <summary>Lets a candidate that is held go live all the same.</summary>
    /// <returns>False when it is not held, or what was to be changed is not there any more.</returns>
    public async Task<bool> ActivateAsync(EvaluationRun run, CancellationToken cancellationToken)
    {
        if (!await runs.DecideAsync(run.Id, CandidateState.Live, "Activated by an administrator.", cancellationToken)) return false;
        return await ApplyAsync(run.KnowledgeBaseId, run.Candidate!, cancellationToken);
    }

    /// <summary>Gives a candidate up that is held.</summary>
    /// <returns>False when it is not held.</returns>
    public async Task<bool> DropAsync(EvaluationRun run, CancellationToken cancellationToken)
    {
        if (!await runs.DecideAsync(run.Id, CandidateState.Dropped, "Given up by an administrator.", cancellationToken)) return false;
        if (run.Candidate is { Kind: CandidateKind.Index, Reference: { } chunker }) await builds.DropAsync(run.KnowledgeBaseId, chunker, cancellationToken);
        return true;
    }

    private async Task<bool> ApplyAsync(string knowledgeBaseId, EvaluationCandidate candidate, CancellationToken cancellationToken)
    {
        if (candidate is { Kind: CandidateKind.Index, Reference: { } chunker })
        {
            if ((await builds.GetAsync(knowledgeBaseId, cancellationToken)).Building != chunker) return false;
            await queue.PublishAsync([new IndexReleased(knowledgeBaseId, chunker).ToJob()], cancellationToken);
            return true;
        }

        if (candidate is { Kind: CandidateKind.Template, Templates: { } templates })
        {
            await prompts.ReleaseAsync(knowledgeBaseId, templates, unlessChanged: false, cancellationToken);
            book.Forget(knowledgeBaseId);
            return true;
        }

        if (candidate is not { Kind: CandidateKind.Settings, Settings: { } wanted } || await knowledgeBases.FindAsync(knowledgeBaseId, cancellationToken) is not { } now) return false;
        return await knowledgeBases.UpdateAsync(now with { Title = candidate.Title ?? now.Title, Settings = wanted }, cancellationToken);
    }

    private static double Unasked(EvaluationMetrics it) => it.Questions == 0 ? 0 : (double)(it.Degraded + it.Failed) / it.Questions;

    private static double WorseBy(double? before, double? after) => before is { } was ? was - (after ?? 0) : 0;

    private static string Text(double? share) => share is { } value ? value.ToString("0.000", CultureInfo.InvariantCulture) : "–";

    private static string Essence(KnowledgeBaseSettings it) =>
        JsonSerializer.Serialize(it with { AllowedOrigins = [], Greeting = null, Contact = null }, CoreJson.Default.KnowledgeBaseSettings);

    [LoggerMessage(LogLevel.Warning, "A change of {KnowledgeBaseId} is held back: evaluation {RunId} is worse than what visitors get")]
    private partial void LogHeld(string runId, string knowledgeBaseId);
}
