namespace Chatbot.Core.TextAnalysis;

/// <summary>
/// Takes compounds apart with the help of a vocabulary: "Personalausweisverlängerung" gives "personalausweis" and
/// "verlängerung". German linking elements, which cover Dutch as well. Pure; safe for concurrent use.
/// </summary>
public static class GermanCompounds
{
    /// <summary>Shorter parts (er, ein, aus) are found in almost every word.</summary>
    public const int ShortestPart = 4;

    private const int LongestWord = TextAnalyzer.LongestTerm;
    private const int MostParts = 6;

    // Between two parts, in this order: nothing first, then as often as they occur in German.
    private static readonly string[] Links = ["", "s", "n", "en", "es", "e", "er"];

    /// <summary>The parts of a compound, in order.</summary>
    /// <param name="word">Lower case, accents as the vocabulary has them; longer than 64 characters is not split.</param>
    /// <param name="isWord">Whether a part is known; called at most once for each stretch of the word. A part may be
    /// inflected at the end of the word: the caller stems if its vocabulary is stems.</param>
    /// <returns>Two to six parts of at least four characters without their linking elements: the fewest possible, and
    /// among those the ones whose last part is longest. Empty when the word is no compound of known words.</returns>
    public static IReadOnlyList<string> Split(ReadOnlySpan<char> word, Func<string, bool> isWord)
    {
        if (word.Length is < 2 * ShortestPart or > LongestWord) return [];

        // best[i]: the fewest parts that make up word[i..], and the first of them.
        Span<int> parts = stackalloc int[word.Length + 1];
        Span<int> lengths = stackalloc int[word.Length + 1];
        Span<int> continuations = stackalloc int[word.Length + 1];
        parts.Fill(int.MaxValue);
        parts[word.Length] = 0;
        for (var start = word.Length - ShortestPart; start >= 0; start--)
        {
            for (var end = word.Length; end - start >= ShortestPart; end--)
            {
                if (start == 0 && end == word.Length) continue;
                var (following, count) = Following(word, end, parts);
                if (count >= MostParts || count + 1 >= parts[start]) continue;
                if (!isWord(word[start..end].ToString())) continue;
                (parts[start], lengths[start], continuations[start]) = (count + 1, end - start, following);
            }
        }

        return parts[0] is > 1 and <= MostParts ? Collect(word, lengths, continuations) : [];
    }

    // Where the next part begins after a part that ends here, and how many parts are left.
    private static (int Start, int Count) Following(ReadOnlySpan<char> word, int end, ReadOnlySpan<int> parts)
    {
        var (start, count) = (end, parts[end]);
        if (end == word.Length) return (start, count);
        foreach (var link in Links.AsSpan(1))
        {
            var after = end + link.Length;
            if (after >= word.Length || parts[after] >= count || !word[end..].StartsWith(link)) continue;
            (start, count) = (after, parts[after]);
        }

        return (start, count);
    }

    private static List<string> Collect(
        ReadOnlySpan<char> word, ReadOnlySpan<int> lengths, ReadOnlySpan<int> continuations)
    {
        var found = new List<string>();
        for (var i = 0; i < word.Length; i = continuations[i])
        {
            found.Add(word.Slice(i, lengths[i]).ToString());
        }

        return found;
    }
}
