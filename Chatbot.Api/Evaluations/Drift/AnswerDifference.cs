using System.Text.RegularExpressions;
using Chatbot.Backends.Evaluation;

namespace Chatbot.Api.Evaluations.Drift;

/// <summary>Tells whether an answer is another one. Quoted sentences are compared as they stand; a model words the same in other words each time, so of its answers the figures count. Pure.</summary>
internal static partial class AnswerDifference
{
    public static bool IsOther(KnownAnswer before, KnownAnswer now)
    {
        if (before.Refused != now.Refused) return true;
        if (now.Refused) return false;
        if (!before.Cited.SequenceEqual(now.Cited, StringComparer.Ordinal)) return true;
        return before.Model is null && now.Model is null
            ? Words(before.Answer) != Words(now.Answer)
            : !Figures(before.Answer).SetEquals(Figures(now.Answer));
    }

    private static string Words(string answer) => string.Join(' ', answer.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static HashSet<string> Figures(string answer) => [.. Figure().Matches(Citation().Replace(answer, "")).Select(match => match.Value)];

    [GeneratedRegex(@"\[\d{1,3}\]")]
    private static partial Regex Citation();

    [GeneratedRegex(@"\d+(?:[.,:]\d+)*")]
    private static partial Regex Figure();
}
