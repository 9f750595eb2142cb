using System.Text;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>Says what a word that the index lacks may have been meant to be.</summary>
internal sealed class TypoFinder(IndexSnapshot snapshot, Vocabulary vocabulary)
{
    // Words of four letters have too many neighbours: only two swapped letters are taken for an error there.
    private const int ShortestForOne = 5, ShortestForTwo = 9;

    private const int MostReadings = 3;

    /// <summary>What a match counts beside one of the word itself, by errors: whether it was meant is a guess.</summary>
    private static readonly float[] Weights = [1, 0.7f, 0.5f];

    /// <param name="word">Folded, of letters.</param>
    /// <returns>The word with the terms of its readings; null when there are none. A reading that is a stop word leaves a word without terms and idf.</returns>
    public ResolvedWord? Find(string word)
    {
        if (word.Length is < WordList.Shortest or > WordList.Longest || !word.All(char.IsLetter)) return null;
        var near = Near(word, 1);
        if (near.Count == 0 && word.Length >= ShortestForTwo) near = Near(word, 2);
        if (near.Count == 0) return null;
        if (vocabulary.IsStopWord(near[0].Folded)) return new ResolvedWord(word, [], 0) { ReadAs = [near[0].Written] };

        var unknown = vocabulary.IdfOfTheUnknown;
        var terms = new List<ResolvedTerm>();
        var readings = new List<string>();
        foreach (var candidate in near)
        {
            if (readings.Count == MostReadings || vocabulary.IsStopWord(candidate.Folded)) continue;
            if (vocabulary.Find(candidate.Written) is not { } known) continue;
            var fresh = known.Terms.Where(t => !terms.Exists(other => other.Bytes.AsSpan().SequenceEqual(t.Bytes))).ToList();
            if (fresh.Count == 0) continue;
            var weight = Weights[candidate.Errors] * (float)(known.Idf / unknown);
            terms.AddRange(fresh.Select(t => t with { Weight = weight }));
            readings.Add(candidate.Written);
        }

        return terms.Count == 0 ? null : new ResolvedWord(word, terms, unknown) { ReadAs = readings };
    }

    // Of the nearest only, the most frequent first.
    private List<NearWord> Near(string word, int errors)
    {
        var found = snapshot.Views
            .SelectMany(view => NearWords.Find(view.Segment, word, errors))
            .Where(near => word.Length >= ShortestForOne || IsSwapped(word, near.Folded))
            .GroupBy(near => near.Folded, StringComparer.Ordinal)
            .Select(same => same.MaxBy(near => near.Frequency)! with { Frequency = same.Sum(near => near.Frequency) })
            .ToList();
        if (found.Count == 0) return found;
        var least = found.Min(near => near.Errors);
        return [.. found.Where(near => near.Errors == least).OrderByDescending(near => near.Frequency).ThenBy(near => near.Folded, StringComparer.Ordinal)];
    }

    private static bool IsSwapped(string word, string other) => word.Length == other.Length && word.Order().SequenceEqual(other.Order());
}
