using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Answering.Conversing;

/// <summary>Tells questions that lean on what was said before. Pure.</summary>
internal static class FollowUps
{
    // "Saturdays?" and "The fee?" are no questions by themselves.
    private const int TooShort = 2;

    private static readonly string[] Openings =
    [
        "and ", "but ", "what about", "how about", "what if",
        "und ", "aber ", "was ist mit", "wie ist es mit", "wie sieht es",
        "et ", "mais ", "qu'en est", "et si ",
        "那", "这", "它", "还有", "如果",
    ];

    // Words that point back in de, en, fr, folded. Left out: those that mostly point nowhere ("is there", "il y a", "gibt es").
    private static readonly HashSet<string> Pointers = new(StringComparer.Ordinal)
    {
        "it", "its", "they", "them", "their", "this", "these", "those", "he", "she", "him", "her", "one",
        "er", "ihn", "ihm", "dort", "dafur", "dabei", "damit", "davon", "dazu", "diese", "dieser", "dieses", "diesen", "deren", "dessen", "darin", "dies",
        "elle", "elles", "ils", "celui", "celle", "ceux", "cela", "ca", "lui", "leur", "y",
    };

    private static readonly string[] ChinesePointers = ["它", "这个", "那个", "他们", "这里", "那里", "其"];

    public static bool IsFollowUp(string question)
    {
        var text = Folding.Fold(question.Trim());
        if (Openings.Any(opening => text.StartsWith(opening, StringComparison.Ordinal)))
            return true;
        var words = text.Split([' ', ',', '.', '?', '!', ';', ':'], StringSplitOptions.RemoveEmptyEntries);
        if (LanguageDetector.Detect(question) is "zh" or "ja")
            return question.Trim().Length <= 4 || ChinesePointers.Any(text.Contains);
        return words.Length <= TooShort || words.Any(word => Pointers.Contains(word) && IsPointing(word, text));
    }

    // Both are words of other languages, too, and "il y a" points nowhere.
    private static bool IsPointing(string word, string text) => word switch
    {
        "y" => !text.Contains("y a", StringComparison.Ordinal) && LanguageDetector.Detect(text) == "fr",
        "er" => LanguageDetector.Detect(text) == "de",
        _ => true,
    };
}
