namespace Chatbot.Backends.Embedded.Index;

/// <summary>Reads, for chosen chunks, which words of the question they hold and where: the parts of their score.</summary>
internal static class MatchReader
{
    /// <returns>For each place and word (place × words + word), the counts of its best term and what a match of it counts.</returns>
    public static (TermCounts Counts, float Weight)[] Read(IndexSnapshot snapshot, IReadOnlyList<ResolvedWord> words, IReadOnlyList<ScoredPlace> places)
    {
        var counts = new (TermCounts Counts, float Weight)[places.Count * words.Count];
        foreach (var group in Enumerable.Range(0, places.Count).GroupBy(i => places[i].View))
        {
            var segment = snapshot.Views[group.Key].Segment;
            var sorted = group.OrderBy(i => places[i].Chunk).ToArray();
            for (var word = 0; word < words.Count; word++)
            {
                foreach (var term in words[word].Terms)
                {
                    var at = segment.FindTerm(term.Bytes);
                    if (at >= 0) Read(new PostingCursor(segment, at), word, term.Weight);
                }
            }

            GC.KeepAlive(segment);

            void Read(PostingCursor postings, int word, float weight)
            {
                foreach (var place in sorted)
                {
                    if (postings.Seek(places[place].Chunk) != places[place].Chunk) continue;
                    ref var cell = ref counts[(place * words.Count) + word];
                    if (Sum(postings.Counts) * weight > Sum(cell.Counts) * cell.Weight) cell = (postings.Counts, weight);
                }
            }
        }

        return counts;
    }

    private static int Sum(TermCounts counts) => counts.Body + counts.Headings + counts.Title;
}
