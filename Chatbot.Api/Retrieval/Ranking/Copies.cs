using Chatbot.Core.Chunks;

namespace Chatbot.Api.Retrieval.Ranking;

/// <summary>Drops candidates whose text a better one has already: copies of a page, versions of a page that differ in a date. Pure.</summary>
internal static class Copies
{
    // Three words in a row, hashed: texts that share nine of ten of these say the same.
    private const int Shingle = 3;
    private const double SameShare = 0.9;

    // Comparing is quadratic; nobody sees what ranks lower.
    private const int MostCompared = 60;

    /// <returns>In the order they came, without those that say what one before them says.</returns>
    public static List<ChunkCandidate> Drop(IEnumerable<ChunkCandidate> candidates)
    {
        var kept = new List<ChunkCandidate>();
        var seen = new List<HashSet<int>>();
        foreach (var candidate in candidates)
        {
            if (seen.Count < MostCompared)
            {
                var shingles = Shingles(candidate.Chunk.Text);
                if (seen.Exists(other => IsSame(other, shingles))) continue;
                seen.Add(shingles);
            }

            kept.Add(candidate);
        }

        return kept;
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

    private static HashSet<int> Shingles(string text)
    {
        var words = new List<int>(200);
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : ' ';
            var isWord = char.IsLetterOrDigit(c);
            // Scripts without blanks: each character is a word.
            if (isWord && c >= '\u2E80')
            {
                if (start >= 0) words.Add(Hash(text.AsSpan(start, i - start)));
                words.Add(c);
                start = -1;
            }
            else if (isWord && start < 0)
            {
                start = i;
            }
            else if (!isWord && start >= 0)
            {
                words.Add(Hash(text.AsSpan(start, i - start)));
                start = -1;
            }
        }

        var shingles = new HashSet<int>();
        if (words.Count < Shingle) shingles.Add(words.Aggregate(17, HashCode.Combine));
        for (var i = 0; i + Shingle <= words.Count; i++) shingles.Add(HashCode.Combine(words[i], words[i + 1], words[i + 2]));
        return shingles;
    }

    private static int Hash(ReadOnlySpan<char> word) => string.GetHashCode(word, StringComparison.OrdinalIgnoreCase);
}
