namespace Chatbot.Backends.Embedded.Index;

/// <summary>Finds the chunks that hold every word of a phrase; whether in its order only their text can tell.</summary>
internal static class PhraseCandidates
{
    /// <summary>Of words so common that more chunks hold them all, the others are not looked at.</summary>
    private const int Most = 100_000;

    /// <returns>By segment, the live chunks that hold all words of one of the phrases.</returns>
    public static ILookup<int, (int Document, int Chunk)> Find(IndexSnapshot snapshot, IReadOnlyList<ResolvedPhrase> phrases)
    {
        var found = new List<(int View, int Document, int Chunk)>();
        for (var view = 0; view < snapshot.Views.Count && found.Count < Most; view++)
        {
            var segment = snapshot.Views[view].Segment;
            var chunks = new SortedSet<int>();
            foreach (var phrase in phrases.Where(p => p.Words.Count > 0)) chunks.UnionWith(Find(segment, phrase));
            foreach (var chunk in chunks)
            {
                if (snapshot.Views[view].Finds(chunk)) found.Add((view, segment.DocumentOf(chunk), chunk));
            }

            GC.KeepAlive(segment);
        }

        return found.Take(Most).ToLookup(f => f.View, f => (f.Document, f.Chunk));
    }

    // The rarest word first: the others only take away.
    private static List<int> Find(IndexSegment segment, ResolvedPhrase phrase)
    {
        var words = phrase.Words
            .Select(terms => terms.Select(term => segment.FindTerm(term)).Where(term => term >= 0).ToList())
            .OrderBy(terms => terms.Sum(segment.Frequency))
            .ToList();
        List<int>? chunks = null;
        foreach (var terms in words)
        {
            chunks = chunks is null ? Union(segment, terms) : Intersection(segment, chunks, terms);
            if (chunks.Count == 0) break;
        }

        return chunks ?? [];
    }

    private static List<int> Union(IndexSegment segment, List<int> terms)
    {
        var chunks = new List<int>();
        foreach (var term in terms)
        {
            var postings = segment.Postings(term);
            while (postings.MoveNext()) chunks.Add(postings.Chunk);
        }

        if (terms.Count < 2) return chunks;
        chunks.Sort();
        return [.. chunks.Distinct()];
    }

    private static List<int> Intersection(IndexSegment segment, List<int> chunks, List<int> terms)
    {
        var kept = new bool[chunks.Count];
        foreach (var term in terms)
        {
            var postings = segment.Postings(term);
            var next = 0;
            while (next < chunks.Count && postings.MoveNext())
            {
                while (next < chunks.Count && chunks[next] < postings.Chunk) next++;
                if (next < chunks.Count && chunks[next] == postings.Chunk) kept[next] = true;
            }
        }

        return [.. chunks.Where((_, i) => kept[i])];
    }
}
