using Chatbot.Api.Http;
using Chatbot.Backends.Routing;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Api.Routing;

/// <summary>Takes many examples at once; one that is not right does not keep back the others. Safe for concurrent use.</summary>
internal sealed class ExampleImporter(ExampleStore examples, IntentStore intents, ExampleBook book)
{
    public const int MostExamples = 5_000;
    public const int MostIntents = 100;
    private const int MostProblems = 100;

    /// <param name="replace">Examples that the file does not have are deleted, if all of it was right.</param>
    public async Task<ExampleImportReply> ImportAsync(KnowledgeBase knowledgeBase, ExampleFile file, bool replace, CancellationToken cancellationToken)
    {
        var (created, changed, rejected) = (0, 0, 0);
        var problems = new List<string>();
        foreach (var intent in file.Intents ?? [])
        {
            var (name, request, errors) = (intent?.Name ?? "", new IntentRequest(intent?.Answers, intent?.Template), new FieldErrors());
            request.CheckFields(errors, name);
            if (errors.Any) Reject(name, errors.ToText());
            else await intents.SaveAsync(knowledgeBase.Id, request.ToIntent(name), cancellationToken);
        }

        book.Forget(knowledgeBase.Id);
        var known = await book.OfAsync(knowledgeBase.Id, cancellationToken);
        var kept = new HashSet<string>(StringComparer.Ordinal);
        foreach (var example in file.Examples ?? [])
        {
            var errors = new FieldErrors();
            (example ?? new()).CheckFields(errors, known);
            if (errors.Any)
            {
                Reject(example?.Text, errors.ToText());
                continue;
            }

            var saved = await examples.SaveAsync(knowledgeBase.Id, null, example!.IntentName, example.CleanText, example.LanguageOrDetected, example.LinkOrNone, cancellationToken);
            kept.Add(saved!.Value.Example.Id);
            if (saved.Value.IsNew) created++;
            else changed++;
        }

        var deleted = 0;
        if (replace && rejected == 0 && kept.Count > 0)
        {
            foreach (var other in await examples.ListAsync(new ExampleFilter { KnowledgeBaseId = knowledgeBase.Id, Limit = int.MaxValue }, cancellationToken))
                if (!kept.Contains(other.Id) && await examples.DeleteAsync(other.Id, cancellationToken)) deleted++;
        }

        book.Forget(knowledgeBase.Id);
        return new(created, changed, rejected, deleted, problems);

        void Reject(string? text, string detail)
        {
            rejected++;
            if (problems.Count < MostProblems) problems.Add($"{(text is { Length: > 100 } ? text[..100] + "…" : text)} – {detail}");
        }
    }
}
