using System.Text;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// Finds the compounds of the index that a word is part of: "Antrag" in "Wohngeldantrag" (its head: a kind of Antrag) and
/// in "Antragsteller" (its modifier: something to do with one). The other part must be a word of the index, too.
/// </summary>
internal sealed class CompoundFinder(IndexSnapshot snapshot, Vocabulary vocabulary)
{
    /// <summary>What a match of a compound counts beside one of the word itself.</summary>
    private const float HeadWeight = 0.6f, ModifierWeight = 0.4f;

    /// <summary>Compounds of each kind that are taken, the most frequent.</summary>
    private const int Most = 16;

    /// <summary>Terms of a segment that are looked at for each kind.</summary>
    private const int MostSeen = 256;

    // Between modifier and head, as in GermanCompounds.
    private static readonly string[] Links = ["", "s", "n", "en", "es", "e", "er"];

    /// <param name="stem">A term of the index or a word that it lacks, in the index's language.</param>
    public List<ResolvedTerm> Find(string stem)
    {
        if (stem.Length is < GermanCompounds.ShortestPart or > WordList.Longest || !stem.All(char.IsLetter)) return [];
        var heads = With($"{(char)WordList.Reversed}{WordList.Reverse(stem)}")
            .ConvertAll(found => (Term: WordList.Reverse(found.Term[1..]), found.Frequency));
        return
        [
            .. Best(heads, term => IsModifier(term[..^stem.Length]), HeadWeight),
            .. Best(With(stem), term => IsHead(term[stem.Length..]), ModifierWeight),
        ];
    }

    // The terms that begin like this and go on, with how often they are found in all segments.
    private List<(string Term, int Frequency)> With(string beginning)
    {
        var prefix = Encoding.UTF8.GetBytes(beginning);
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (segment, _) in snapshot.Views)
        {
            var first = segment.LowerBound(prefix);
            var end = Math.Min(segment.UpperBound(prefix, first), first + MostSeen);
            for (var at = first; at < end; at++)
            {
                if (segment.Term(at).Length < prefix.Length + GermanCompounds.ShortestPart) continue;
                var term = Encoding.UTF8.GetString(segment.Term(at));
                found[term] = found.GetValueOrDefault(term) + segment.Frequency(at);
            }

            GC.KeepAlive(segment);
        }

        return [.. found.Select(f => (f.Key, f.Value))];
    }

    private static IEnumerable<ResolvedTerm> Best(List<(string Term, int Frequency)> found, Func<string, bool> isCompound, float weight) => found
        .OrderByDescending(f => f.Frequency)
        .ThenBy(f => f.Term, StringComparer.Ordinal)
        .Where(f => isCompound(f.Term))
        .Take(Most)
        .Select(f => new ResolvedTerm(Encoding.UTF8.GetBytes(f.Term), weight));

    // "Unterhaltung" is no kind of Haltung.
    private bool IsModifier(string rest) => Links.Any(link =>
        rest.Length >= link.Length + GermanCompounds.ShortestPart
        && rest.EndsWith(link, StringComparison.Ordinal)
        && rest[..^link.Length] is var word
        && !vocabulary.IsStopWord(word)
        && vocabulary.Find(word) is not null);

    private bool IsHead(string rest) => Links.Any(link =>
        rest.Length >= link.Length + GermanCompounds.ShortestPart
        && rest.StartsWith(link, StringComparison.Ordinal)
        && vocabulary.Frequency(rest[link.Length..]) > 0);
}
