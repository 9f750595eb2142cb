using System.Text.RegularExpressions;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Answering.Grounding;

/// <summary>Whether a clause says that something is not so, in English, German, French or Chinese. Pure.</summary>
internal static partial class Negations
{
    public static bool IsNegated(string clause) => Marks.IsMatch(Folding.Fold(clause));

    /// <summary>The clause without what negates it.</summary>
    public static string Without(string clause) => Marks.Replace(Folding.Fold(clause), " ");

    /// <summary>The parts of a sentence that can be negated each by itself.</summary>
    public static IEnumerable<string> Clauses(string sentence) =>
        Breaks.Split(sentence).Where(clause => clause.Any(char.IsLetter));

    [GeneratedRegex(@"\b(?:not|no|never|none|nobody|nothing|neither|cannot|without|\w+n't|nicht|nie|niemals|kein\w*|nichts|niemand|ohne|weder|ne|n'\w+|jamais|aucune?|sans|ni)\b|不(?!过|仅|但|断|同)|没有|没|无(?!论|线)|未|勿|禁止")]
    private static partial Regex Marks { get; }

    [GeneratedRegex(@"[,;:，；：、–—]|\b(?:but|and|aber|sondern|und|mais|et|while|whereas)\b|但是|而是|而且")]
    private static partial Regex Breaks { get; }
}
