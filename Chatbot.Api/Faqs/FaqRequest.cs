using Chatbot.Api.Http;
using Chatbot.Core.Faqs;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Faqs;

/// <summary>A question with its answer as an editor writes it.</summary>
public sealed record FaqRequest
{
    internal const int LongestQuestion = 500;
    private const int LongestAnswer = 20_000;
    private const int MostAlternatives = 20;

    /// <summary>Name or id; null is the default one. Of a new entry only.</summary>
    public string? KnowledgeBase { get; init; }

    /// <summary>Of an import: the entry to change; null, or one that is not there, goes by the question.</summary>
    public string? Id { get; init; }

    public string? Question { get; init; }

    /// <summary>Other ways to ask the same.</summary>
    public IReadOnlyList<string>? Alternatives { get; init; }

    public string? Answer { get; init; }

    /// <summary>Two-letter code; null detects it.</summary>
    public string? Language { get; init; }

    /// <summary>The web address to cite.</summary>
    public string? Link { get; init; }

    internal void CheckFields(FieldErrors errors)
    {
        errors.Check(Question?.Trim() is { Length: > 0 and <= LongestQuestion }, "question", $"1 to {LongestQuestion} characters.");
        errors.Check(Answer?.Trim() is { Length: > 0 and <= LongestAnswer }, "answer", $"1 to {LongestAnswer} characters.");
        errors.Check((Alternatives?.Count ?? 0) <= MostAlternatives, "alternatives", $"At most {MostAlternatives} other questions.");
        errors.Check((Alternatives ?? []).All(text => (text?.Trim().Length ?? 0) <= LongestQuestion), "alternatives", $"At most {LongestQuestion} characters each.");
        errors.Check(string.IsNullOrWhiteSpace(Language) || Language.Trim() is [>= 'a' and <= 'z', >= 'a' and <= 'z'], "language", "Two letters: en, de, fr, zh…");
        errors.Check(string.IsNullOrWhiteSpace(Link) || WebLink.IsOne(Link.Trim()), "link", WebLink.Expected);
    }

    /// <summary>Only after <see cref="CheckFields"/> found nothing.</summary>
    internal FaqContent ToContent()
    {
        var question = OneLine(Question!);
        var answer = Answer!.ReplaceLineEndings("\n").Trim();
        string[] alternatives = [.. (Alternatives ?? []).Select(OneLine).Where(text => text.Length > 0 && text != question).Distinct(StringComparer.Ordinal)];
        return new()
        {
            Question = question,
            Alternatives = alternatives.Length > 0 ? alternatives : null,
            Answer = answer,
            Language = string.IsNullOrWhiteSpace(Language) ? LanguageDetector.Detect($"{question}\n{answer}") : Language.Trim(),
            Link = string.IsNullOrWhiteSpace(Link) ? null : Link.Trim(),
        };
    }

    /// <summary>As part of a file, which leaves what it does not have of an entry as it is.</summary>
    /// <param name="known">The entry that it changes.</param>
    internal FaqContent ToContent(FaqContent known) => (this with
    {
        Alternatives = Alternatives ?? known.Alternatives, Language = Language ?? known.Language, Link = Link ?? known.Link,
    }).ToContent();

    private static string OneLine(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
