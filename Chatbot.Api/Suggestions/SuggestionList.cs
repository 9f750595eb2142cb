using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Suggestions;

/// <summary>All that may be suggested in a knowledge base, as of one moment. Immutable.</summary>
internal sealed class SuggestionList
{
    // Another language than the visitor's page: below all that is as good in his own.
    private const double ForeignLanguage = 0.6;

    private readonly SuggestionText[] _texts;

    /// <param name="faqs">Each with its language and the other ways to ask it.</param>
    public SuggestionList(IEnumerable<(string Text, string? Language, IReadOnlyList<string> Others)> faqs, IEnumerable<string> popular)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var texts = new List<SuggestionText>();
        // What editors wrote comes first: it is answered, and in proper words.
        foreach (var (text, language, others) in faqs)
            if (seen.Add(SuggestionText.KeyOf(text))) texts.Add(new SuggestionText(text, language, SuggestionSource.Faq, others));
        foreach (var text in popular)
            if (seen.Add(SuggestionText.KeyOf(text))) texts.Add(new SuggestionText(text, LanguageDetector.Detect(text), SuggestionSource.Popular, []));
        _texts = [.. texts];
    }

    /// <param name="language">Two-letter code of the visitor's language.</param>
    /// <returns>The best first.</returns>
    public IReadOnlyList<Suggestion> Find(string typed, string language, int limit)
    {
        var wanted = new TypedText(typed);
        return [.. _texts
            // Who has typed all of it needs no suggestion.
            .Where(text => text.Key != wanted.Key)
            .Select(text => (text.Shown, Score: text.Score(wanted) * (IsIn(text, language) ? 1 : ForeignLanguage)))
            .Where(found => found.Score > 0)
            .OrderByDescending(found => found.Score)
            .Take(limit)
            .Select(found => found.Shown)];
    }

    /// <returns>For a conversation that has not begun: what most ask, then what editors answered.</returns>
    public IReadOnlyList<Suggestion> Begin(string language, int limit)
    {
        var own = _texts.Where(text => IsIn(text, language)).ToList();
        return [.. own.Where(text => text.Shown.Source == SuggestionSource.Popular).Concat(own.Where(text => text.Shown.Source == SuggestionSource.Faq)).Take(limit).Select(text => text.Shown)];
    }

    private static bool IsIn(SuggestionText text, string language) => text.Language is null || text.Language == language;
}
