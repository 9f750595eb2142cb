using System.Text.RegularExpressions;
using Chatbot.Api.Answering.Guarding;
using Chatbot.Backends.Conversations;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Answering.Conversing;

/// <summary>Tells whether what a model made of a question is that question. Pure.</summary>
internal static partial class CondensedQuestion
{
    /// <summary>Characters; what is longer has become something else.</summary>
    public const int Longest = 300;

    // A model puts in "costs" for "price"; more than so much of its own is made up.
    private const double MostOwnWords = 0.5;

    private static readonly QueryAnalyzer Analyzer = new();

    private static readonly char[] Around = [' ', '\t', '\r', '\n', '"', '“', '”', '„', '«', '»', '`', '*'];

    /// <param name="said">By the model.</param>
    /// <param name="history">What was said before the question, the oldest first.</param>
    /// <returns>The question; null when it is none, or another one than was asked.</returns>
    public static string? Check(string said, string asked, IReadOnlyList<ConversationMessage> history)
    {
        var text = said.Trim(Around);
        if (text.Length is 0 or > Longest || text.AsSpan().IndexOfAny('\n', '\r') >= 0 || text.Any(char.IsControl)) return null;
        // An answer tells, with or without a question behind it.
        if (text[^1] is not ('?' or '？') || Sentences.Split(text, LanguageDetector.Detect(text)).Count != 1) return null;
        // Given back as it was: the rules know better than that what a follow-up inherits.
        if (string.Equals(text, asked.Trim(), StringComparison.OrdinalIgnoreCase)) return null;
        var language = LanguageDetector.Detect(asked) ?? history.Where(message => message.Role == ConversationRole.User).Select(message => LanguageDetector.Detect(message.Text)).LastOrDefault();
        if (language is not null && LanguageDetector.Detect(text) is { } spoken && spoken != language) return null;
        return IsAbout(text, asked, history, language) && InjectionDetector.Clean(text) == text ? text : null;
    }

    private static bool IsAbout(string text, string asked, IReadOnlyList<ConversationMessage> history, string? language)
    {
        var known = string.Join('\n', history.Select(message => message.Text).Append(asked));
        // No figure is made up: it would be searched for.
        var figures = Figures.Matches(known).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        if (Figures.Matches(text).Any(match => !figures.Contains(match.Value))) return false;
        var (words, own) = (Words(text, language), Words(asked, language));
        if (words.Count == 0 || (own.Count > 0 && !words.Exists(word => own.Exists(word.Overlaps)))) return false;
        var said = history.SelectMany(message => Words(message.Text, language)).Concat(own).SelectMany(word => word).ToHashSet(StringComparer.Ordinal);
        return words.Count(word => !word.Overlaps(said)) <= words.Count * MostOwnWords;
    }

    // Each with its stems. Of Chinese each sign: pairs of them change with what stands beside.
    private static List<HashSet<string>> Words(string text, string? language) => language is "zh" or "ja" or "th"
        ? [.. text.Where(char.IsLetterOrDigit).Select(sign => new HashSet<string>(StringComparer.Ordinal) { sign.ToString() })]
        : [.. Analyzer.Analyze(text, language is null ? ["de", "en", "fr"] : [language]).Words.Where(word => !word.IsStopWord).Select(word => word.Variants.Append(word.Text).ToHashSet(StringComparer.Ordinal))];

    [GeneratedRegex(@"\d+")]
    private static partial Regex Figures { get; }
}
