using Chatbot.Api.Http;
using Chatbot.Backends.Prompts;
using Chatbot.Core.Routing;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Routing;

/// <summary>An example as an editor writes it.</summary>
public sealed record ExampleRequest
{
    private const int LongestText = 500;

    /// <summary>Name or id; null is the default one. Of a new example only.</summary>
    public string? KnowledgeBase { get; init; }

    /// <summary>Name of an intent that there is.</summary>
    public string? Intent { get; init; }

    /// <summary>What a visitor may write.</summary>
    public string? Text { get; init; }

    /// <summary>Two-letter code; null detects it.</summary>
    public string? Language { get; init; }

    /// <summary>The page that it is about: when that changes, editors are told to look at it.</summary>
    public string? Link { get; init; }

    internal string IntentName => Intent?.Trim().ToLowerInvariant() ?? "";

    /// <summary>Only after <see cref="CheckFields"/> found nothing.</summary>
    internal string CleanText => string.Join(' ', (Text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    internal string? LanguageOrDetected => string.IsNullOrWhiteSpace(Language) ? LanguageDetector.Detect(CleanText) : Language.Trim().ToLowerInvariant();

    internal string? LinkOrNone => string.IsNullOrWhiteSpace(Link) ? null : Link.Trim();

    internal void CheckFields(FieldErrors errors, ExampleSet known)
    {
        errors.Check(known.Names.Contains(IntentName), "intent", $"One of {string.Join(", ", known.Names)}; add others as intents first.");
        errors.Check(CleanText.Length is > 0 and <= LongestText, "text", $"1 to {LongestText} characters.");
        errors.Check(string.IsNullOrWhiteSpace(Language) || Language.Trim().ToLowerInvariant() is [>= 'a' and <= 'z', >= 'a' and <= 'z'], "language", "Two letters: en, de, fr, zh…");
        errors.Check(LinkOrNone is null || WebLink.IsOne(LinkOrNone), "link", WebLink.Expected);
    }
}

/// <summary>What is done about an intent, as an editor writes it.</summary>
/// <param name="Answers">Texts by two-letter code; an empty code is for all other languages.</param>
/// <param name="Template">Name of a prompt template.</param>
public sealed record IntentRequest(IReadOnlyDictionary<string, string>? Answers, string? Template)
{
    private const int LongestAnswer = 4_000;

    internal Intent ToIntent(string name) => new()
    {
        Name = name,
        Answers = (Answers ?? new Dictionary<string, string>()).Where(answer => !string.IsNullOrWhiteSpace(answer.Value))
            .ToDictionary(answer => answer.Key.Trim().ToLowerInvariant(), answer => answer.Value.ReplaceLineEndings("\n").Trim(), StringComparer.Ordinal),
        Template = string.IsNullOrWhiteSpace(Template) ? null : Template.Trim(),
    };

    internal void CheckFields(FieldErrors errors, string name)
    {
        errors.Check(PromptTemplateStore.IsName(name), "name", "1 to 64 of a-z, 0-9 and hyphen.");
        foreach (var (language, answer) in Answers ?? new Dictionary<string, string>())
        {
            errors.Check(language.Trim().ToLowerInvariant() is "" or [>= 'a' and <= 'z', >= 'a' and <= 'z'], "answers", $"Two letters name a language, none all others; \"{language}\" does not.");
            errors.Check(answer is null || answer.Length <= LongestAnswer, "answers", $"An answer has at most {LongestAnswer} characters.");
        }

        errors.Check(string.IsNullOrWhiteSpace(Template) || PromptTemplateStore.IsName(Template.Trim()), "template", "The name of a prompt template: 1 to 64 of a-z, 0-9 and hyphen.");
        var isAnswered = Answers?.Values.Any(answer => !string.IsNullOrWhiteSpace(answer)) == true;
        errors.Check(string.IsNullOrWhiteSpace(Template) || !isAnswered, "template", "Either a fixed answer or a template.");
        errors.Check(Intent.BuiltIn.Contains(name) || isAnswered || !string.IsNullOrWhiteSpace(Template), "answers", "An intent of your own needs a fixed answer or a template.");
        errors.Check(name != Intent.Question || (!isAnswered && string.IsNullOrWhiteSpace(Template)), "name", "Questions are answered from the sources.");
    }
}
