using System.Runtime.InteropServices;
using Chatbot.Core.Chunks;

namespace Chatbot.Api.Retrieval.Ranking;

/// <summary>
/// Drops candidates whose text a better one has already: copies of a page, versions of it that differ in a word. What differs
/// in its numbers says something else, a price or a time; but for a text that stands everywhere, as minutes do with their
/// numbers. Pure.
/// </summary>
internal static class Copies
{
    // Texts that share nine of ten runs of words say the same.
    private const double SameShare = 0.9;

    // Comparing is quadratic; nobody sees what ranks lower.
    private const int MostCompared = 60;

    // A text that is there more often with other numbers is a form, which tells nothing of its own.
    private const int MostVariants = 20;

    /// <returns>In the order they came, without those that say what one before them says.</returns>
    public static DistinctCandidates Drop(IEnumerable<ChunkCandidate> candidates)
    {
        var kept = new List<(ChunkCandidate Candidate, Seen? Seen)>();
        var seen = new List<Seen>();
        foreach (var candidate in candidates)
        {
            if (seen.Count >= MostCompared)
            {
                kept.Add((candidate, null));
                continue;
            }

            var text = ShingledText.Of(candidate.Chunk.Text);
            var alike = seen.FindAll(other => IsSame(other.Text.Shingles, text.Shingles));
            if (alike.Exists(other => SayTheSame(other.Text.Numbers, text.Numbers))) continue;
            var one = new Seen(text, alike.Count > 0 ? alike[0].Form : new Form(candidate.Chunk.Id));
            if (++one.Form.Variants > MostVariants) continue;
            seen.Add(one);
            kept.Add((candidate, one));
        }

        var shown = new HashSet<Form>();
        kept.RemoveAll(it => it.Seen is { Form.Variants: > MostVariants } && !shown.Add(it.Seen.Form));
        return new(
            kept.ConvertAll(it => it.Candidate),
            kept.Where(it => it.Seen is { Form.Variants: > 1 }).DistinctBy(it => it.Candidate.Chunk.Id).ToDictionary(it => it.Candidate.Chunk.Id, it => it.Seen!.Form.First, StringComparer.Ordinal));
    }

    /// <summary>Whether a few texts fill most places, as a notice does that stands on hundreds of pages: then others may be missing.</summary>
    public static bool Crowd(IReadOnlyCollection<ChunkCandidate> candidates, int wanted) =>
        candidates.Count >= wanted && candidates.Select(candidate => Words(candidate.Chunk.Text)).Distinct().Count() < candidates.Count / 2;

    // By their letters: copies differ in dates and numbers.
    private static int Words(string text)
    {
        var hash = new HashCode();
        foreach (var c in text)
            if (char.IsLetter(c)) hash.Add(c);
        return hash.ToHashCode();
    }

    private static bool IsSame(HashSet<int> one, HashSet<int> other)
    {
        var (few, many) = one.Count < other.Count ? (one, other) : (other, one);
        if (few.Count < SameShare * many.Count) return false;
        var shared = 0;
        foreach (var shingle in few)
        {
            if (many.Contains(shingle)) shared++;
        }

        return shared >= SameShare * (one.Count + other.Count - shared);
    }

    // One may have more before or behind, such as a date or a page.
    private static bool SayTheSame(List<int> one, List<int> other)
    {
        var (few, many) = one.Count < other.Count ? (one, other) : (other, one);
        var all = CollectionsMarshal.AsSpan(many);
        var these = CollectionsMarshal.AsSpan(few);
        return all.StartsWith(these) || all.EndsWith(these);
    }

    /// <summary>A text that differs from others in numbers alone; alone of its kind mostly.</summary>
    /// <param name="first">Id of its chunk that came first.</param>
    private sealed class Form(string first)
    {
        public string First => first;

        public int Variants { get; set; }
    }

    private sealed record Seen(ShingledText Text, Form Form);
}
