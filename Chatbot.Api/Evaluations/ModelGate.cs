using Chatbot.Api.Answering;
using Chatbot.Backends.Evaluation;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Api.Evaluations;

/// <summary>
/// Holds another preferred language model back until it is measured: the configuration changes with a start, without anyone
/// having looked at what the new model says. Safe for concurrent use.
/// </summary>
internal sealed partial class ModelGate(EvaluationSettingsStore settings, KnowledgeBaseStore knowledgeBases, ReleaseGate gate, Answerer answerer, ILogger<ModelGate> logger)
{
    /// <summary>Once after each start, before any run goes on.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (answerer.ModelName is not { } preferred) return;
        foreach (var knowledgeBase in await knowledgeBases.ListAsync(cancellationToken))
        {
            var before = await settings.FindLiveModelAsync(knowledgeBase.Id, cancellationToken);
            if (before == preferred) continue;
            if (before is not null && knowledgeBase.Settings.Model is null) await HoldAsync(knowledgeBase, before, preferred, cancellationToken);
            // Last: who is stopped in between looks again.
            await settings.SetLiveModelAsync(knowledgeBase.Id, preferred, cancellationToken);
        }
    }

    /// <summary>Changes are to be held back from now on: what answers now is known.</summary>
    public async Task RememberAsync(string knowledgeBaseId, CancellationToken cancellationToken)
    {
        if (answerer.ModelName is { } preferred) await settings.SetLiveModelAsync(knowledgeBaseId, preferred, cancellationToken);
    }

    private async Task HoldAsync(KnowledgeBase knowledgeBase, string before, string preferred, CancellationToken cancellationToken)
    {
        if (!answerer.Models.Contains(before))
        {
            if ((await settings.GetAsync(knowledgeBase.Id, cancellationToken)).Gate) LogGone(before, preferred, knowledgeBase.Name);
            return;
        }

        // Visitors, and the run that it is compared with, get what they had.
        await knowledgeBases.UpdateAsync(knowledgeBase with { Settings = knowledgeBase.Settings with { Model = before } }, cancellationToken);
        var candidate = new EvaluationCandidate { Kind = CandidateKind.Settings, Label = preferred, Title = knowledgeBase.Title, Settings = knowledgeBase.Settings };
        if (await gate.TryAsync(knowledgeBase.Id, candidate, cancellationToken) is { } run) LogTried(preferred, run.Id, knowledgeBase.Name, before);
        else await knowledgeBases.UpdateAsync(knowledgeBase, cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "The language model {Before} is not configured any more: {Preferred} answers for {KnowledgeBase} without having been tried")]
    private partial void LogGone(string before, string preferred, string knowledgeBase);

    [LoggerMessage(LogLevel.Information, "The language model {Preferred} is tried by evaluation {RunId}; until then {KnowledgeBase} is answered by {Before}")]
    private partial void LogTried(string preferred, string runId, string knowledgeBase, string before);
}
