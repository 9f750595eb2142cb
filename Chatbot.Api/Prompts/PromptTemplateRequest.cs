using Chatbot.Api.Http;
using Chatbot.Backends.Prompts;
using Chatbot.Core.Prompts;

namespace Chatbot.Api.Prompts;

/// <summary>A template as an editor writes it.</summary>
public sealed record PromptTemplateRequest
{
    private const int LongestNote = 500;

    /// <summary>Name or id; null is the default one. Of a new template only.</summary>
    public string? KnowledgeBase { get; init; }

    /// <summary>1 to 64 of a-z, 0-9 and hyphen; null is the template that answers questions. Of a new template only.</summary>
    public string? Name { get; init; }

    /// <summary>Two-letter code; null is for all languages that have no template of their own. Of a new template only.</summary>
    public string? Language { get; init; }

    public string? Text { get; init; }

    /// <summary>Why it was changed.</summary>
    public string? Note { get; init; }

    /// <summary>Of a change: the version that it was made from; another one in use refuses it. Null does not look.</summary>
    public long? Version { get; init; }

    internal string NameOrDefault => string.IsNullOrWhiteSpace(Name) ? PromptTemplate.AnswerName : Name.Trim();

    internal string LanguageOrAny => Language?.Trim() ?? "";

    internal string? CleanNote => string.IsNullOrWhiteSpace(Note) ? null : Note.Trim();

    internal void CheckPlace(FieldErrors errors)
    {
        errors.Check(PromptTemplateStore.IsName(NameOrDefault), "name", "1 to 64 of a-z, 0-9 and hyphen.");
        errors.Check(LanguageOrAny is "" or [>= 'a' and <= 'z', >= 'a' and <= 'z'], "language", "Two letters: en, de, fr, zh…; none for all languages.");
    }

    internal void CheckText(FieldErrors errors)
    {
        foreach (var problem in PromptText.Check(Text)) errors.Add("text", problem);
        errors.Check((Note?.Length ?? 0) <= LongestNote, "note", $"At most {LongestNote} characters.");
    }

    internal PromptDraft ToDraft(string id, string name, string language, long replaces) => new(id, name, language, CleanText(), CleanNote, replaces);

    /// <summary>With line breaks as they are kept.</summary>
    internal string CleanText() => Text!.ReplaceLineEndings("\n").Trim() + "\n";
}
