using Chatbot.Api.Http;
using Chatbot.Backends.Evaluation;
using Chatbot.Core;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Evaluations.Golden;

/// <summary>A golden question as an editor writes it.</summary>
public sealed record GoldenRequest
{
    internal const int LongestQuestion = 1_000;
    private const int LongestName = 100;
    private const int LongestKind = 32;
    private const int LongestText = 2_000;
    private const int MostExpected = 20;

    /// <summary>Name or id; null is the default one. Of a new question only.</summary>
    public string? KnowledgeBase { get; init; }

    /// <summary>What files call it; null makes one.</summary>
    public string? Name { get; init; }

    public string? Question { get; init; }

    /// <summary>Two-letter code; null detects it.</summary>
    public string? Language { get; init; }

    /// <summary>Null is <c>fact</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>URLs, or paths below the sites' roots.</summary>
    public IReadOnlyList<string>? ExpectedPages { get; init; }

    public IReadOnlyList<string>? ExpectedPhrases { get; init; }

    /// <summary>It counts in no run yet.</summary>
    public bool? Draft { get; init; }

    /// <summary>As a question of a knowledge base that is not kept.</summary>
    /// <exception cref="FormatException">A field is not right; the message says which.</exception>
    public GoldenQuestion ToQuestion(string knowledgeBaseId)
    {
        var errors = new FieldErrors();
        CheckFields(errors);
        return errors.Any ? throw new FormatException($"{Name}: {errors.ToText()}") : ToQuestion(Ids.New(), knowledgeBaseId, null, GoldenOrigin.File);
    }

    internal void CheckFields(FieldErrors errors)
    {
        errors.Check(Question?.Trim() is { Length: > 0 and <= LongestQuestion }, "question", $"1 to {LongestQuestion} characters.");
        errors.Check((Name?.Trim().Length ?? 0) <= LongestName, "name", $"At most {LongestName} characters.");
        errors.Check(string.IsNullOrWhiteSpace(Language) || Language.Trim() is [>= 'a' and <= 'z', >= 'a' and <= 'z'], "language", "Two letters: en, de, fr, zh…");
        errors.Check(string.IsNullOrWhiteSpace(Kind) || (Kind.Trim().Length <= LongestKind && Kind.Trim().All(letter => char.IsAsciiLetterLower(letter) || letter == '-')), "kind", "fact, howto, definition, value, table, unanswerable, or a word of a-z of your own.");
        Check(errors, "expectedPages", ExpectedPages);
        Check(errors, "expectedPhrases", ExpectedPhrases);
        var hasExpected = (ExpectedPages ?? []).Concat(ExpectedPhrases ?? []).Any(text => !string.IsNullOrWhiteSpace(text));
        errors.Check(Kind?.Trim() == GoldenQuestion.Unanswerable ? !hasExpected : hasExpected || Draft == true, "expectedPages",
            "A question has an expected page or phrase; one that nothing answers has neither.");
    }

    /// <summary>Only after <see cref="CheckFields"/> found nothing.</summary>
    /// <param name="known">The one to change; null for a new one.</param>
    internal GoldenQuestion ToQuestion(string id, string knowledgeBaseId, GoldenQuestion? known, GoldenOrigin origin)
    {
        var question = string.Join(' ', Question!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return new()
        {
            Id = id,
            KnowledgeBaseId = knowledgeBaseId,
            Name = !string.IsNullOrWhiteSpace(Name) ? Name.Trim() : known?.Name ?? $"q-{id[^8..]}",
            Question = question,
            Language = string.IsNullOrWhiteSpace(Language) ? LanguageDetector.Detect(question) : Language.Trim(),
            Kind = string.IsNullOrWhiteSpace(Kind) ? "fact" : Kind.Trim(),
            ExpectedPages = Clean(ExpectedPages),
            ExpectedPhrases = Clean(ExpectedPhrases),
            IsDraft = Draft ?? known?.IsDraft ?? false,
            Origin = known?.Origin ?? origin,
            MessageId = known?.MessageId,
            CreatedAt = known?.CreatedAt ?? default,
        };
    }

    private static void Check(FieldErrors errors, string field, IReadOnlyList<string>? texts)
    {
        errors.Check((texts?.Count ?? 0) <= MostExpected, field, $"At most {MostExpected}.");
        errors.Check((texts ?? []).All(text => (text?.Length ?? 0) <= LongestText), field, $"At most {LongestText} characters each.");
    }

    private static string[] Clean(IReadOnlyList<string>? texts) => [.. (texts ?? []).Where(text => !string.IsNullOrWhiteSpace(text)).Select(text => text.Trim()).Distinct(StringComparer.Ordinal)];
}
