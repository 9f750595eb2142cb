using Chatbot.Backends.Evaluation;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Backends.Servers.OpenAi;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Api.Evaluations;

/// <summary>
/// Holds another preferred language model back until it is measured: the configuration changes with a start, without anyone
/// having looked at what the new model says. Safe for concurrent use.
/// </summary>
internal sealed partial class ModelGate(
    EvaluationSettingsStore settings, LiveModelStore live, EvaluationRequests requests, KnowledgeBaseStore knowledgeBases, LanguageModels models, ILogger<ModelGate> logger)
{
    private LiveModel? Preferred => models.All is [var first, ..] ? new LiveModel(first.Model, first.Endpoint) : null;

    /// <summary>Once after each start, before any run goes on.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (Preferred is not { } preferred) return;
        foreach (var knowledgeBase in await knowledgeBases.ListAsync(cancellationToken))
        {
            var before = await live.FindAsync(knowledgeBase.Id, cancellationToken);
            if (before == preferred) continue;
            var isOther = before is not null && (before.Name != preferred.Name || before.Endpoint is not null);
            // One that is named in the settings stays, whatever is preferred.
            if (isOther && knowledgeBase.Settings.Model is null && await IsHeldAsync(knowledgeBase, before!, preferred, cancellationToken)) continue;
            await live.SetAsync(knowledgeBase.Id, preferred, cancellationToken);
        }
    }

    /// <summary>Changes are to be held back from now on: what answers now is known.</summary>
    public async Task RememberAsync(string knowledgeBaseId, CancellationToken cancellationToken)
    {
        if (Preferred is { } preferred) await live.SetAsync(knowledgeBaseId, preferred, cancellationToken);
    }

    private async Task<bool> IsHeldAsync(KnowledgeBase knowledgeBase, LiveModel before, LiveModel preferred, CancellationToken cancellationToken)
    {
        if (!(await settings.GetAsync(knowledgeBase.Id, cancellationToken)).Gate) return false;
        var choice = before.Endpoint is null ? models.Choices.FirstOrDefault(name => name == before.Name) : models.ChoiceOf(before.Name, before.Endpoint);
        if (choice is null)
        {
            LogGone(before.Name, before.Endpoint ?? "", preferred.Name, knowledgeBase.Name);
            return false;
        }

        var questions = await requests.ListQuestionsAsync(knowledgeBase.Id, cancellationToken);
        if (questions.Count == 0) return false;
        // Visitors, and the run that it is compared with, get what they had.
        var pinned = knowledgeBase with { Settings = knowledgeBase.Settings with { Model = choice } };
        var label = models.ChoiceOf(preferred.Name, preferred.Endpoint!);
        var candidate = new EvaluationCandidate { Kind = CandidateKind.Settings, Label = label, Title = knowledgeBase.Title, Settings = knowledgeBase.Settings };
        if (await live.TryAsync(pinned, before, preferred, candidate, questions, cancellationToken) is { } run) LogTried(label ?? preferred.Name, run.Id, knowledgeBase.Name, choice);
        // Else another process looked at the same time, and has begun.
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "The language model {Before} of {Endpoint} is not configured any more: {Preferred} answers for {KnowledgeBase} without having been tried")]
    private partial void LogGone(string before, string endpoint, string preferred, string knowledgeBase);

    [LoggerMessage(LogLevel.Information, "The language model {Preferred} is tried by evaluation {RunId}; until then {KnowledgeBase} is answered by {Before}")]
    private partial void LogTried(string preferred, string runId, string knowledgeBase, string before);
}
