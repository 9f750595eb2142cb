using Chatbot.Api.Answering.StoredAnswers;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Suggestions;

/// <summary>A question that may be suggested, cut into words once. Immutable.</summary>
internal sealed class SuggestionText
{
    // Shorter words one letter apart are other words.
    private const int ShortestToSlip = 4;

    private readonly string[] _words;
    private readonly bool _isDense;

    /// <param name="language">Two-letter code; null when it could not be told.</param>
    /// <param name="others">Other ways to ask the same: they are found, this one is shown.</param>
    public SuggestionText(string text, string? language, SuggestionSource source, IReadOnlyList<string> others)
    {
        Shown = new Suggestion(text, source);
        Language = language;
        Others = [.. others.Select(other => new SuggestionText(other, language, source, []))];
        Key = KeyOf(text);
        _words = Key.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        _isDense = IsDense(text);
    }

    public Suggestion Shown { get; }

    public string? Language { get; }

    /// <inheritdoc cref="KeyOf"/>
    public string Key { get; }

    private SuggestionText[] Others { get; }

    /// <summary>What is the same for the same question, however it is written: capitals, accents and punctuation aside.</summary>
    public static string KeyOf(string text) => string.Join(
        ' ',
        new string([.. Folding.Fold(text).Select(sign => char.IsLetterOrDigit(sign) ? sign : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Whether it is written without blanks between words.</summary>
    public static bool IsDense(string text) => text.Any(sign => sign is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF' or >= '\u0E00' and <= '\u0E7F');

    /// <returns>How well it goes on from what was typed, 0 for not at all.</returns>
    public double Score(TypedText typed)
    {
        var own = ScoreOf(typed);
        foreach (var other in Others) own = Math.Max(own, other.ScoreOf(typed) * 0.95);
        return own;
    }

    private double ScoreOf(TypedText typed)
    {
        if (typed.Key.Length == 0) return 0;
        var start = Key.StartsWith(typed.Key, StringComparison.Ordinal) ? 0.5 : 0;
        if (_isDense || typed.IsDense) return DenseScore(typed, start);
        var sum = 0.0;
        var counted = 0;
        for (var i = 0; i < typed.Words.Length; i++)
        {
            var found = WordScore(typed.Words[i], isWhole: i < typed.Words.Length - 1 || typed.EndsWord);
            // "How do I" is typed before "register", and may be "Where can I" in the entry.
            if (found == 0 && StopWords.Contains(Language ?? "en", typed.Words[i])) continue;
            if (found == 0) return 0;
            sum += found;
            counted++;
        }

        // Of two that hold all of it, the one that says less besides is nearer.
        return counted == 0 ? 0 : start + (sum / counted) + (0.2 * counted / Math.Max(_words.Length, counted));
    }

    private double WordScore(string typed, bool isWhole)
    {
        var best = 0.0;
        foreach (var word in _words)
        {
            if (word == typed) return 1;
            if (word.StartsWith(typed, StringComparison.Ordinal)) best = Math.Max(best, isWhole ? 0.8 : 0.9);
            else if (typed.Length >= ShortestToSlip && IsNear(typed, word, isWhole)) best = Math.Max(best, 0.6);
        }

        return best;
    }

    private static bool IsNear(string typed, string word, bool isWhole)
    {
        if (word.Length < ShortestToSlip || word[0] != typed[0]) return false;
        if (QuestionAgreement.IsSlip(typed, word)) return true;
        if (isWhole) return false;
        // What is not typed to its end is compared with as much of the word, a letter more or less.
        for (var length = Math.Max(ShortestToSlip, typed.Length - 1); length <= Math.Min(word.Length, typed.Length + 1); length++)
            if (QuestionAgreement.IsSlip(typed, word[..length])) return true;
        return false;
    }

    private double DenseScore(TypedText typed, double start)
    {
        var (text, wanted) = (Key.Replace(" ", "", StringComparison.Ordinal), typed.Key.Replace(" ", "", StringComparison.Ordinal));
        if (text.Contains(wanted, StringComparison.Ordinal)) return start + 1 + (0.2 * wanted.Length / text.Length);
        if (wanted.Length < 3) return 0;
        var pairs = Enumerable.Range(0, wanted.Length - 1).Count(i => text.Contains(wanted.AsSpan(i, 2), StringComparison.Ordinal));
        var share = (double)pairs / (wanted.Length - 1);
        return share >= 0.6 ? share * 0.8 : 0;
    }
}

/// <summary>What a visitor has typed so far.</summary>
internal sealed class TypedText
{
    private const int MostWords = 12;

    public TypedText(string text)
    {
        Key = SuggestionText.KeyOf(text);
        Words = [.. Key.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostWords)];
        EndsWord = text.Length > 0 && !char.IsLetterOrDigit(text[^1]);
        IsDense = SuggestionText.IsDense(text);
    }

    public string Key { get; }

    public string[] Words { get; }

    /// <summary>The last word is typed to its end.</summary>
    public bool EndsWord { get; }

    public bool IsDense { get; }
}
