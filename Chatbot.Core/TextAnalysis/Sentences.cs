namespace Chatbot.Core.TextAnalysis;

/// <summary>Cuts texts into sentences. Pure; safe for concurrent use.</summary>
public static class Sentences
{
    // Marks and closing quotation marks that are looked over in one go; bounds the work on runs of them.
    private const int LongestEnding = 16;

    /// <summary>
    /// The sentences of a text, in order, without blanks around them; together they hold everything that is not blank.
    /// Line breaks always end a sentence. A full stop does not where it belongs to an abbreviation, a number, an
    /// initial, a German ordinal ("1. Januar") or a name with dots (libpq-fe.h, example.org).
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="language">Two-letter code; decides which abbreviations and whether ordinals have a full stop.
    /// Null: those of all languages.</param>
    public static IReadOnlyList<Range> Split(string text, string? language)
    {
        var sentences = new List<Range>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var end = text[i] switch
            {
                '\n' or '\r' or '\u2028' or '\u2029' => i,
                '。' or '！' or '？' or '｡' or '؟' or '।' => AfterClosing(text, i + 1),
                '!' or '?' or '…' when IsFollowedByBlank(text, i) => AfterClosing(text, AfterMarks(text, i + 1)),
                '.' when IsFullStop(text, start, i, language) => AfterClosing(text, i + 1),
                _ => -1,
            };
            if (end < 0) continue;
            Add(text, start, end, sentences);
            start = end;
            i = Math.Max(i, end - 1);
        }

        Add(text, start, text.Length, sentences);
        return sentences;
    }

    private static void Add(string text, int start, int end, List<Range> sentences)
    {
        while (start < end && char.IsWhiteSpace(text[start])) start++;
        while (end > start && char.IsWhiteSpace(text[end - 1])) end--;
        if (end > start) sentences.Add(start..end);
    }

    private static bool IsFullStop(string text, int start, int i, string? language)
    {
        if (i + 1 < text.Length && text[i + 1] == '.') return false;
        if (!IsFollowedByBlank(text, i)) return false;
        var next = AfterClosing(text, i + 1);
        while (next < text.Length && text[next] is ' ' or '\t' or '\u00A0') next++;
        if (next >= text.Length || text[next] is '\n' or '\r') return true;

        // No language begins a sentence with a small letter; names like iPhone are too rare to cut "z. B. im".
        if (char.IsLower(text[next])) return false;

        var wordStart = i;
        while (wordStart > start && (char.IsLetterOrDigit(text[wordStart - 1]) || text[wordStart - 1] is '.' or '-')) wordStart--;
        var word = text.AsSpan(wordStart, i - wordStart);
        if (word.IsEmpty) return true;
        if (word.Length == 1 && char.IsLetter(word[0]) && (char.IsUpper(word[0]) || language is not "en"))
            return IsPronounI(word, language, text, next);
        // "the U.S. Army" goes on, "in the U.S. The" does not.
        if (IsInitials(word) && !Abbreviations.Contains(word, language, text.AsSpan(next)))
            return IsFunctionWord(text, next, language ?? "en");
        if (IsOrdinal(word)) return !HasDottedOrdinals(language) || !Abbreviations.IsAfterOrdinal(text.AsSpan(next));
        return !Abbreviations.Contains(word, language, text.AsSpan(next));
    }

    // "and so did I. Then": the only word of one capital that ends English sentences.
    private static bool IsPronounI(ReadOnlySpan<char> word, string? language, string text, int next) =>
        word is "I" && language == "en" && next + 1 < text.Length && char.IsLower(text[next + 1]);

    private static bool IsInitials(ReadOnlySpan<char> word) =>
        word.Length >= 3 && word[1] == '.' && char.IsUpper(word[0]) && char.IsUpper(word[2]);

    private static bool IsFunctionWord(string text, int start, string language)
    {
        var end = start;
        while (end < text.Length && end - start < 24 && char.IsLetter(text[end])) end++;
        return StopWords.Contains(language, Folding.Fold(text.AsSpan(start, end - start)));
    }

    private static bool IsOrdinal(ReadOnlySpan<char> word) => word.Length <= 2 && !word.ContainsAnyExceptInRange('0', '9');

    private static bool HasDottedOrdinals(string? language) =>
        language is null or "de" or "da" or "no" or "fi" or "cs" or "hu" or "pl" or "tr";

    private static bool IsFollowedByBlank(string text, int i)
    {
        var next = AfterClosing(text, AfterMarks(text, i + 1));
        return next >= text.Length || char.IsWhiteSpace(text[next]) || CharClasses.Of(text[next]) == CharClass.Dense;
    }

    private static int AfterMarks(string text, int i)
    {
        var end = Math.Min(text.Length, i + LongestEnding);
        while (i < end && (text[i] is '!' or '?' or '.')) i++;
        return i;
    }

    // Quotation marks and brackets that close after the full stop belong to its sentence.
    private static int AfterClosing(string text, int i)
    {
        var end = Math.Min(text.Length, i + LongestEnding);
        while (i < end && "\"'”’“»›)]}」』）】》".Contains(text[i])) i++;
        return i;
    }
}
