namespace Chatbot.Core.TextAnalysis;

/// <summary>A question as the index understands it.</summary>
/// <param name="Language">Two-letter code of the question's language, or null when it cannot be told.</param>
/// <param name="Words">Distinct words in order, stop words included and marked; at most
/// <see cref="QueryAnalyzer.MostWords"/> that are no stop words.</param>
/// <param name="Phrases">What stood in quotation marks, in order, as far as it has words. At most
/// <see cref="QueryAnalyzer.MostPhrases"/>.</param>
public sealed record AnalyzedQuery(
    string? Language, IReadOnlyList<QueryWord> Words, IReadOnlyList<QuotedPhrase> Phrases)
{
    /// <summary>The words to search for: those that are no stop words, or all when there are no others.</summary>
    public IReadOnlyList<QueryWord> SearchWords { get; } =
        Words.Any(word => !word.IsStopWord) ? [.. Words.Where(word => !word.IsStopWord)] : Words;
}
