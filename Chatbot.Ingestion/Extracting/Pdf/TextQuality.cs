using System.Globalization;
using System.Text.RegularExpressions;
using Chatbot.Ingestion.Extracting.Layout;

namespace Chatbot.Ingestion.Extracting.Pdf;

/// <summary>Judges whether the text of a page is what a reader sees.</summary>
internal static partial class TextQuality
{
    /// <summary>Fewer letters than these may be a page number on a picture.</summary>
    public const int FewLetters = 60;

    // Shares of all characters, from which on a page is not readable as it is.
    private const double Unmapped = 0.1;
    private const double FewestLetters = 0.55;

    /// <summary>
    /// The text may be rubbish: characters that are unmapped, hardly any letters, or letters that make no words. Whether
    /// it is, a look at the page's picture tells.
    /// </summary>
    public static bool IsDoubtful(PageText page) => IsUnreadable(page, 0.6);

    /// <summary>The text is rubbish without a doubt, and worse than none.</summary>
    public static bool IsRubbish(PageText page) => !page.IsOcr && IsUnreadable(page, 0.35);

    private static bool IsUnreadable(PageText page, double fewestWords)
    {
        int all = 0, unmapped = 0, alphanumeric = 0;
        foreach (var run in page.Runs)
        {
            unmapped += CharacterCode().Count(run.Text) * 5;
            foreach (var c in run.Text)
            {
                if (char.IsWhiteSpace(c) || c is '.' or '_' or '-') continue;
                all++;
                if (IsUnmapped(c)) unmapped++;
                else if (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark) alphanumeric++;
            }
        }

        if (all < 20) return false;
        return unmapped > Unmapped * all || alphanumeric < FewestLetters * all || MakesNoWords(page, fewestWords);
    }

    /// <summary>How much of a text could be words, to compare two readings of one page.</summary>
    public static double Readable(IEnumerable<TextRun> runs)
    {
        double words = 0;
        foreach (var run in runs)
            foreach (var match in Word().EnumerateMatches(run.Text))
                if (IsWord(run.Text.AsSpan(match.Index, match.Length))) words += match.Length;
        return words;
    }

    // Symbol and Wingdings have their bullets at F020 to F0FF, which are known.
    private static bool IsUnmapped(char c) => c == '\uFFFD' || char.GetUnicodeCategory(c) switch
    {
        UnicodeCategory.Control or UnicodeCategory.OtherNotAssigned => true,
        UnicodeCategory.PrivateUse => c is < '\uF020' or > '\uF0FF',
        _ => false,
    };

    // Letters of another font's order: "7KH DUFKLYH" has next to no vowels where words have them, and capitals anywhere.
    private static bool MakesNoWords(PageText page, double fewest)
    {
        int words = 0, good = 0;
        foreach (var run in page.Runs)
        {
            foreach (var match in Word().EnumerateMatches(run.Text))
            {
                if (match.Length < 4) continue;
                words++;
                if (IsWord(run.Text.AsSpan(match.Index, match.Length))) good++;
            }
        }

        return words >= 20 && good < fewest * words;
    }

    // Only Latin words can be judged like this; of others nothing is said.
    private static bool IsWord(ReadOnlySpan<char> word)
    {
        int vowels = 0, inner = 0;
        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] > '\u024F') return true;
            if (IsVowel(word[i])) vowels++;
            if (i > 0 && char.IsUpper(word[i]) && char.IsLower(word[i - 1])) inner++;
        }

        return inner <= 1 && vowels * 6 >= word.Length && (vowels < word.Length || word.Length < 4);
    }

    private static bool IsVowel(char c) => char.ToLowerInvariant(c) is 'a' or 'e' or 'i' or 'o' or 'u' or 'y' or (>= '\u00E0' and <= '\u00E6') or (>= '\u00E8' and <= '\u00EF')
        or (>= '\u00F2' and <= '\u00F6') or (>= '\u00F8' and <= '\u00FD') or 'ą' or 'ę' or 'ě' or 'ı' or 'ő' or 'ű' or 'ů' or 'œ' or 'ā' or 'ē' or 'ī' or 'ū' or 'ă';

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\(cid:\d+\)")]
    private static partial Regex CharacterCode();
}
