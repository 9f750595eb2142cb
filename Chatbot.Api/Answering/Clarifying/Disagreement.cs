using System.Text.RegularExpressions;
using Chatbot.Api.Retrieval;
using Chatbot.Core.Chunks;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Answering.Clarifying;

/// <summary>In what passages that say different things differ.</summary>
internal enum Dimension
{
    Year,
    Version,
    Site,
    Name,
}

/// <summary>
/// The best passages are about as good as each other, of pages made alike, and give different figures; they differ by one
/// year, version, site or name, and the question names none. Pure.
/// </summary>
/// <param name="Values">As they are written, the best passage's first; at least two.</param>
/// <remarks>Each condition has to hold: a visitor who is asked back without need is served worse than one who is shown the better of two passages.</remarks>
internal sealed partial record Disagreement(Dimension Dimension, IReadOnlyList<string> Values)
{
    private const int Looked = 6;
    private const int Most = 4;

    // Scores are log-odds: the other passage is at least half as likely to be the right one.
    private static readonly double NearlyEqual = Math.Log(2);

    // Of the words of both chunks, figures and what they differ by aside, those that both have. Pages of one form have
    // about nine in ten; pages on one matter that were written one by one, three or four.
    private const double Alike = 0.7;

    private const int FewestWords = 5;

    /// <returns>Null when there is no need to ask.</returns>
    public static Disagreement? Find(string question, RetrievalResult found)
    {
        if (found.Passages.Count < 2) return null;
        var best = found.Passages[0];
        var asked = Words(question).ToHashSet(StringComparer.Ordinal);
        Difference? first = null;
        var values = new List<string>();
        foreach (var other in found.Passages.Skip(1).Take(Looked))
        {
            if (best.Score - other.Score > NearlyEqual || other.Chunk.DocumentId == best.Chunk.DocumentId) continue;
            if (Difference.Between(best.Chunk, other.Chunk) is not { } difference || !IsOtherAnswer(best.Chunk, other.Chunk, difference)) continue;
            first ??= difference;
            if (difference.Dimension != first.Dimension || difference.Here != first.Here) continue;
            values.Add(difference.There);
        }

        if (first is null) return null;
        List<string> all = [first.Here, .. values];
        if (all.Exists(value => Words(value).Any(asked.Contains)) || asked.Overlaps(s_newest)) return null;
        return new(first.Dimension, [.. all.Distinct(StringComparer.OrdinalIgnoreCase).Take(Most)]);
    }

    // Who asks for the newest has said which.
    private static readonly string[] s_newest =
        ["latest", "newest", "current", "currently", "now", "today", "aktuell", "aktuelle", "aktuellen", "derzeit", "heute", "jetzt", "neueste", "neuesten", "actuel", "actuelle", "actuellement", "aujourd", "dernier", "derniere"];

    private static bool IsOtherAnswer(Chunk here, Chunk there, Difference difference)
    {
        var (ours, theirs) = (Words(here.Text).ToList(), Words(there.Text).ToList());
        HashSet<string> apart = [.. Words(difference.Here), .. Words(difference.There)];
        var (words, others) = (Bag(ours, apart), Bag(theirs, apart));
        var common = words.Sum(word => Math.Min(word.Value, others.GetValueOrDefault(word.Key)));
        var all = words.Values.Sum() + others.Values.Sum() - common;
        if (words.Count < FewestWords || common < Alike * all) return false;
        return !Figures(ours, apart).SetEquals(Figures(theirs, apart));
    }

    private static Dictionary<string, int> Bag(List<string> words, HashSet<string> apart) =>
        words.Where(word => !char.IsAsciiDigit(word[0]) && !apart.Contains(word)).CountBy(word => word).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);

    private static HashSet<string> Figures(List<string> words, HashSet<string> apart) =>
        [.. words.Where(word => char.IsAsciiDigit(word[0]) && !apart.Contains(word))];

    private static IEnumerable<string> Words(string text) => WordPattern.Matches(Folding.Fold(text)).Select(match => match.Value);

    // Figures with their points are one word, so that 15.2 is no 15 and no 2; Chinese characters are one each.
    [GeneratedRegex(@"\d+(?:[.,:]\d+)*|[\p{IsCJKUnifiedIdeographs}]|[\p{L}\p{M}]+")]
    private static partial Regex WordPattern { get; }
}
