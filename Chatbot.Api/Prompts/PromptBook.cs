using Chatbot.Api.Http;
using Chatbot.Backends.Prompts;
using Chatbot.Core.Prompts;

namespace Chatbot.Api.Prompts;

/// <summary>Finds the template for a question. Safe for concurrent use.</summary>
internal sealed class PromptBook(PromptTemplateStore store, TimeProvider clock)
{
    private readonly Remembered<IReadOnlyList<PromptTemplate>> _known = new(clock, store.ListAsync);

    /// <param name="name">Of the template; one that the knowledge base does not have is the one for answers.</param>
    /// <param name="asked">The language of the question, as far as it can be told.</param>
    /// <param name="language">Of the fixed lines.</param>
    /// <param name="tried">Go before those that are in use.</param>
    /// <returns>The knowledge base's in the language of the question, its one for all languages, or the shipped one.</returns>
    public async Task<PromptChoice> ChooseAsync(
        string knowledgeBaseId, string name, string? asked, string language, IReadOnlyList<PromptDraft> tried, CancellationToken cancellationToken)
    {
        var all = await _known.GetAsync(knowledgeBaseId, cancellationToken);
        if (tried.Count > 0) all = [.. tried.Select(draft => Tried(knowledgeBaseId, draft)), .. all];
        foreach (var wanted in name == PromptTemplate.AnswerName ? [name] : new[] { name, PromptTemplate.AnswerName })
        {
            var found = Find(all, wanted, asked) ?? Find(all, wanted, language) ?? Find(all, wanted, "");
            if (found is not null && PromptText.Parse(found.Text) is { } text) return new(found.Name, found.Language, found.Version, text);
        }

        return Shipped(language);
    }

    public static PromptChoice Shipped(string language) => new(PromptTemplate.AnswerName, language, 0, PromptText.Parse(ShippedPrompts.Of(language))!);

    /// <summary>Templates of the knowledge base changed.</summary>
    public void Forget(string knowledgeBaseId) => _known.Forget(knowledgeBaseId);

    private PromptTemplate Tried(string knowledgeBaseId, PromptDraft draft) => new()
    {
        Id = draft.Id, KnowledgeBaseId = knowledgeBaseId, Name = draft.Name, Language = draft.Language, Version = draft.Replaces + 1, Text = draft.Text, Note = draft.Note, CreatedAt = clock.GetUtcNow(),
    };

    private static PromptTemplate? Find(IReadOnlyList<PromptTemplate> all, string name, string? language) =>
        language is null ? null : all.FirstOrDefault(template => template.Name == name && template.Language == language);
}
