using Chatbot.Backends.Conversations;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Answering.Conversing;

/// <summary>
/// Makes a follow-up understandable by itself: "And on Saturdays?" after "When is the town hall open?" gets that question's
/// words. By rules, where no <see cref="ModelCondenser"/> does: a question that refers back, or is too short to stand alone,
/// inherits; others stay. Pure.
/// </summary>
internal static class QuestionCondenser
{
    // Inherited words come from so many questions back at most; a talk that has gone on longer has moved on.
    private const int Questions = 3;

    // Words inherited at most: more would drown those of the question.
    private const int MostInherited = 6;

    private static readonly QueryAnalyzer Analyzer = new();

    /// <param name="history">What was said before, the oldest first.</param>
    public static string Condense(string question, IReadOnlyList<ConversationMessage> history)
    {
        var standalone = "";
        foreach (var asked in history.Where(message => message.Role == ConversationRole.User).TakeLast(Questions).Select(message => message.Text).Append(question))
            standalone = standalone.Length > 0 && FollowUps.IsFollowUp(asked) ? Inherit(asked, standalone) : asked;
        return standalone;
    }

    private static string Inherit(string question, string before)
    {
        var own = Words(question).ToHashSet(StringComparer.Ordinal);
        var inherited = Words(before).Where(word => !own.Contains(word)).Take(MostInherited).ToList();
        return inherited.Count == 0 ? question : $"{question} {string.Join(' ', inherited)}";
    }

    private static IEnumerable<string> Words(string text)
    {
        // Bigrams of Chinese would be cut again; its questions are carried over as they are.
        if (LanguageDetector.Detect(text) is "zh" or "ja" or "th")
            return [text];
        string[] languages = LanguageDetector.Detect(text) is { } language ? [language] : ["de", "en", "fr"];
        return Analyzer.Analyze(text, languages).Words.Where(word => !word.IsStopWord).Select(word => word.Text);
    }
}
