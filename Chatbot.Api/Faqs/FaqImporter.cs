using Chatbot.Api.Http;
using Chatbot.Backends.Faqs;
using Chatbot.Core.Faqs;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Api.Faqs;

/// <summary>
/// Takes many entries at once. An entry that is there, by its id or else by its question, is changed and never doubled, so
/// that a file can be imported again and again. What a file does not have of an entry stays as it is. One that is not right
/// does not keep back the others. Safe for concurrent use.
/// </summary>
internal sealed class FaqImporter(FaqEditor editor, FaqStore faqs)
{
    private const int MostProblems = 100;

    /// <param name="replace">Entries that the file does not have are deleted, if all of it was right.</param>
    public async Task<FaqImportReply> ImportAsync(KnowledgeBase knowledgeBase, IReadOnlyList<FaqRequest> entries, bool replace, CancellationToken cancellationToken)
    {
        var outcomes = new Dictionary<FaqOutcome, int>();
        var problems = new List<FaqImportProblem>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < entries.Count; i++)
        {
            var (outcome, detail) = await TakeAsync(knowledgeBase, entries[i], seen, cancellationToken);
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            if (detail is not null && problems.Count < MostProblems)
                problems.Add(new(i + 1, Shortened(entries[i].Question), detail));
        }

        var rejected = outcomes.GetValueOrDefault(FaqOutcome.Rejected);
        var deleted = replace && rejected == 0 && entries.Count > 0 ? await DeleteOthersAsync(knowledgeBase.Id, seen, cancellationToken) : 0;
        return new(
            outcomes.GetValueOrDefault(FaqOutcome.Created), outcomes.GetValueOrDefault(FaqOutcome.Changed), outcomes.GetValueOrDefault(FaqOutcome.Unchanged),
            rejected, deleted, problems);
    }

    private async Task<(FaqOutcome Outcome, string? Detail)> TakeAsync(KnowledgeBase knowledgeBase, FaqRequest entry, HashSet<string> seen, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        entry.CheckFields(errors);
        if (errors.Any) return (FaqOutcome.Rejected, errors.ToText());
        var known = await FindAsync(knowledgeBase.Id, entry, cancellationToken);
        var content = known is null ? entry.ToContent() : entry.ToContent(known.Content);
        if (known is not null && seen.Contains(known.Id)) return (FaqOutcome.Rejected, "The question is there twice; the first one counts.");
        if (await editor.SaveAsync(knowledgeBase.Id, known, content, cancellationToken) is not FaqResult.Saved(var saved, var outcome))
            return (FaqOutcome.Rejected, "Another entry has this question.");
        seen.Add(saved.Id);
        return (outcome, null);
    }

    private async Task<FaqEntry?> FindAsync(string knowledgeBaseId, FaqRequest entry, CancellationToken cancellationToken)
    {
        if (entry.Id is not null && await faqs.FindAsync(entry.Id, cancellationToken) is { } named && named.KnowledgeBaseId == knowledgeBaseId) return named;
        var content = entry.ToContent();
        var found = await faqs.FindByQuestionAsync(knowledgeBaseId, content.QuestionHash(), cancellationToken);
        if (found is not null || entry.Language is not null) return found;
        // The file does not tell the language, and who wrote the entry may have told another one than its words do.
        var languages = await faqs.ListLanguagesAsync(knowledgeBaseId, cancellationToken);
        foreach (var language in languages)
            if (await faqs.FindByQuestionAsync(knowledgeBaseId, (content with { Language = language }).QuestionHash(), cancellationToken) is { } other) return other;
        return null;
    }

    private async Task<int> DeleteOthersAsync(string knowledgeBaseId, HashSet<string> seen, CancellationToken cancellationToken)
    {
        var all = await faqs.ListAsync(new FaqFilter { KnowledgeBaseId = knowledgeBaseId, Limit = int.MaxValue }, cancellationToken);
        var deleted = 0;
        foreach (var entry in all)
            if (!seen.Contains(entry.Id) && await editor.DeleteAsync(entry.Id, cancellationToken)) deleted++;
        return deleted;
    }

    private static string Shortened(string? text) => text is { Length: > 100 } ? text[..100] + "…" : text ?? "";
}
