namespace Chatbot.Core.TextAnalysis;

/// <summary>
/// From a word of letters to its term in one language: lower case, elision and possessive off, stem, accents off. The
/// stem comes before the folding because the endings of French, Spanish and Italian are known by their accents.
/// Safe for concurrent use.
/// </summary>
internal sealed class WordNormalizer(string? language)
{
    // Function words that French and Italian (and names taken from them) tie to the next word.
    private static readonly HashSet<string> Elided = new(StringComparer.Ordinal)
    {
        "l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu", "quelqu",
        "un", "dell", "all", "nell", "sull", "dall", "coll", "quell", "quest", "gl", "dev", "dov", "com", "cos", "v",
    };

    private readonly IWordStemmer? stemmer = Stemming.Create(language);
    private readonly Lock gate = new();
    private readonly bool elides = language is "fr" or "it" or null;

    /// <summary>The term of a word; empty when nothing is left.</summary>
    public string Term(ReadOnlySpan<char> word)
    {
        var lower = Folding.Lower(word);
        if (lower.AsSpan().IndexOfAny("'’ʼ＇") is > 0 and var apostrophe) lower = WithoutApostrophe(lower, apostrophe);
        if (stemmer is null || lower.Length is < 3 or > TextAnalyzer.LongestTerm) return Folding.FoldAccents(lower);

        // "Lange Str." and "Hauptstr." are streets.
        if (language == "de" && lower.EndsWith("str", StringComparison.Ordinal) && lower.Length is 3 or > 4) lower += "asse";

        // English has no accents of its own; its stemmer would take the one of "résumé" for a consonant.
        if (language == "en") lower = Folding.FoldAccents(lower);

        string stem;
        lock (gate)
        {
            var span = stemmer.Stem(lower);
            stem = span.SequenceEqual(lower) || span.IsEmpty ? lower : span.ToString();
        }

        return Folding.FoldAccents(stem);
    }

    private string WithoutApostrophe(string word, int at)
    {
        var before = word[..at];
        var after = word[(at + 1)..];
        if (after == "s") return before;
        if (elides && after.Length > 1 && Elided.Contains(before)) return after;
        return string.Concat(word.Where(c => !TokenShape.IsApostrophe(c)));
    }
}
