using Chatbot.Api.Answering;
using Chatbot.Backends.Evaluation;
using Chatbot.Backends.Prompts;

namespace Chatbot.Api.Evaluations;

/// <summary>Holds versions of prompt templates back until they are measured. Safe for concurrent use.</summary>
internal sealed class TemplateGate(ReleaseGate gate, Answerer answerer)
{
    /// <param name="drafts">Versions with another text than is in use; they come into use together or not at all.</param>
    /// <returns>Their run; null when nothing holds them back: the gate is off, there are no golden questions, or no model that is told them.</returns>
    public async Task<EvaluationRun?> TryAsync(string knowledgeBaseId, IReadOnlyList<PromptDraft> drafts, CancellationToken cancellationToken)
    {
        if (drafts.Count == 0 || answerer.ModelName is null) return null;
        var label = string.Join(", ", drafts.Select(draft => $"{draft.Name}/{(draft.Language.Length == 0 ? "*" : draft.Language)}"));
        return await gate.TryAsync(knowledgeBaseId, new EvaluationCandidate { Kind = CandidateKind.Template, Label = label, Templates = drafts }, cancellationToken);
    }
}
