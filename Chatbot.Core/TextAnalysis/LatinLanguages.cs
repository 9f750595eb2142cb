using System.Collections.Frozen;
using System.Numerics;

namespace Chatbot.Core.TextAnalysis;

/// <summary>Tells languages in Latin letters apart.</summary>
internal static class LatinLanguages
{
    // Below this the evidence is a letter group or two, which any name may hold.
    private const float LeastScore = 0.9f;

    // The runner-up may have at most this share of the winner's score.
    private const float MostOfSecond = 0.8f;

    // Letter groups are looked at when the function words leave doubt, and in this many words at most: they cost time.
    private const int MostWordsByGroups = 40;

    // Function words of this weight leave no doubt.
    private const float Plenty = 4;

    // Of a passage in another language than its document's: so many words, such a share of them function words of that
    // language, and this many times the weight of those of the document's. Of running text 35 to 55 of 100 words are, of
    // tables, code and lists of names hardly any. Of 240 German and Spanish paragraphs (XQuAD) 237 and 236 at least are known within
    // documents of other languages; of 9,017 chunks of PostgreSQL's and Debian's manuals one is taken for another language's.
    private const int LeastProse = 20;
    private const double LeastShare = 0.25, LeastTimes = 2;

    private static readonly string[] Codes = [.. LatinEvidence.FunctionWords.Keys];

    private static readonly int Spanish = Array.IndexOf(Codes, "es");

    // For each word a bit for each language that uses it.
    private static readonly FrozenDictionary<string, uint> Words = ReadWords();
    private static readonly FrozenDictionary<string, uint>.AlternateLookup<ReadOnlySpan<char>> WordLookup =
        Words.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly (string Group, uint Languages)[] Groups = ReadGroups();

    public static string? Detect(ReadOnlySpan<char> text)
    {
        Span<float> scores = stackalloc float[Codes.Length];
        scores.Clear();
        Scan(text, int.MaxValue, byGroups: false, scores);
        if (text.ContainsAny('¿', '¡')) scores[Spanish] += 2;
        if (Best(scores) is { } code && scores[Array.IndexOf(Codes, code)] >= Plenty) return code;
        Scan(text, MostWordsByGroups, byGroups: true, scores);
        return Best(scores);
    }

    /// <param name="document">The language that the text around it is in.</param>
    /// <returns>The language of running text when it is surely another one; null else.</returns>
    public static string? DetectOther(ReadOnlySpan<char> text, string document)
    {
        Span<float> scores = stackalloc float[Codes.Length];
        scores.Clear();
        Span<int> hits = stackalloc int[Codes.Length];
        hits.Clear();
        var words = Scan(text, int.MaxValue, byGroups: false, scores, hits);
        if (words < LeastProse || Best(scores) is not { } code || code == document) return null;
        var own = hits[Array.IndexOf(Codes, code)];
        var place = Array.IndexOf(Codes, document);
        return own >= LeastShare * words && (place < 0 || scores[Array.IndexOf(Codes, code)] >= LeastTimes * scores[place]) ? code : null;
    }

    /// <param name="hits">Counts the function words of each language, where it is not empty.</param>
    /// <returns>Words looked at.</returns>
    private static int Scan(ReadOnlySpan<char> text, int mostWords, bool byGroups, Span<float> scores, Span<int> hits = default)
    {
        var words = 0;
        Span<char> word = stackalloc char[24];
        var length = 0;
        for (var i = 0; i <= text.Length && mostWords > 0; i++)
        {
            if (i < text.Length && IsLetter(text[i]))
            {
                if (length < word.Length) word[length] = char.ToLowerInvariant(text[i]);
                length++;
                continue;
            }

            if (length == 0) continue;
            if (length <= word.Length && !IsInIdentifier(text, i))
            {
                Score(word[..length], byGroups, scores);
                // Single letters are names of variables.
                if (!hits.IsEmpty && length > 1 && WordLookup.TryGetValue(word[..length], out var users))
                    for (; users != 0; users &= users - 1) hits[BitOperations.TrailingZeroCount(users)]++;
                mostWords--;
                words++;
            }

            length = 0;
        }

        return words;
    }

    private static string? Best(ReadOnlySpan<float> scores)
    {
        var best = 0;
        for (var i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best]) best = i;
        }

        var second = 0f;
        for (var i = 0; i < scores.Length; i++)
        {
            if (i != best) second = Math.Max(second, scores[i]);
        }

        return scores[best] >= LeastScore && second <= scores[best] * MostOfSecond ? Codes[best] : null;
    }

    private static void Score(ReadOnlySpan<char> word, bool byGroups, Span<float> scores)
    {
        var isFunctionWord = WordLookup.TryGetValue(word, out var users);
        if (!byGroups)
        {
            // A word of one language is proof, one that five share says little; single letters (a, e, o) are names of
            // variables as often as words.
            if (isFunctionWord)
                Add(users, Math.Max((word.Length == 1 ? 0.5f : 1f) / BitOperations.PopCount(users), 0.2f), scores);
            return;
        }

        if (isFunctionWord || word.Length < 4) return;
        foreach (var (group, languages) in Groups)
        {
            if (word.IndexOf(group) >= 0) Add(languages, 0.4f / BitOperations.PopCount(languages), scores);
        }
    }

    private static void Add(uint languages, float weight, Span<float> scores)
    {
        for (; languages != 0; languages &= languages - 1) scores[BitOperations.TrailingZeroCount(languages)] += weight;
    }

    private static bool IsLetter(char c) =>
        c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= 'À' and <= '\u024F' && c is not ('×' or '÷');

    // The words in pg_stat_activity or /etc/apt are English in every language.
    private static bool IsInIdentifier(ReadOnlySpan<char> text, int end) =>
        end < text.Length && (text[end] is '_' or '/' or '\\' or '@'
            || (text[end] is '.' && end + 1 < text.Length && IsLetter(text[end + 1])));

    private static FrozenDictionary<string, uint> ReadWords()
    {
        var masks = new Dictionary<string, uint>(StringComparer.Ordinal);
        for (var i = 0; i < Codes.Length; i++)
        {
            foreach (var word in LatinEvidence.FunctionWords[Codes[i]].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                masks[word] = masks.GetValueOrDefault(word) | (1u << i);
            }
        }

        return masks.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static (string, uint)[] ReadGroups()
    {
        var masks = new Dictionary<string, uint>(StringComparer.Ordinal);
        foreach (var (code, groups) in LatinEvidence.LetterGroups)
        {
            foreach (var group in groups.Split(' '))
            {
                masks[group] = masks.GetValueOrDefault(group) | (1u << Array.IndexOf(Codes, code));
            }
        }

        return [.. masks.Select(pair => (pair.Key, pair.Value))];
    }
}
