using System.Collections.Frozen;

namespace Chatbot.Core.TextAnalysis;

/// <summary>
/// Function and question words that say nothing about a question's subject. For Chinese and Japanese the entries are
/// bigrams, as the analyzer makes them. Safe for concurrent use.
/// </summary>
public static class StopWords
{
    private static readonly FrozenDictionary<string, FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>>> Lists =
        StopWordLists.All.ToFrozenDictionary(
            pair => pair.Key,
            pair => Read(pair.Key, pair.Value).GetAlternateLookup<ReadOnlySpan<char>>());

    /// <summary>The languages that have a list, as two-letter codes.</summary>
    public static IReadOnlyList<string> Languages { get; } = [.. StopWordLists.All.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether a word is in the list of a language; false for a language without a list.</summary>
    /// <param name="language">Two-letter code.</param>
    /// <param name="folded">The word as <see cref="Folding.Fold"/> makes it, not stemmed; or a bigram.</param>
    public static bool Contains(string language, ReadOnlySpan<char> folded) =>
        Lists.TryGetValue(language, out var list) && list.Contains(folded);

    private static FrozenSet<string> Read(string language, string list)
    {
        var words = list.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var folded = words.Select(word => Folding.Fold(word));
        if (language == "de") folded = folded.Concat(words.Select(Transcribed));
        return folded.ToFrozenSet(StringComparer.Ordinal);
    }

    // "für" is also typed "fuer".
    private static string Transcribed(string word) =>
        Folding.Fold(word.Replace("ä", "ae", StringComparison.Ordinal)
            .Replace("ö", "oe", StringComparison.Ordinal)
            .Replace("ü", "ue", StringComparison.Ordinal));
}
