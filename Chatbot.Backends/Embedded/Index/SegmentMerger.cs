namespace Chatbot.Backends.Embedded.Index;

/// <summary>Makes one segment of several, without what was replaced or deleted. No text is analysed again.</summary>
internal static class SegmentMerger
{
    /// <param name="views">Oldest first.</param>
    /// <param name="keepDeletions">Keep documents without chunks that are live: they hide documents of segments that are not merged here.</param>
    /// <param name="makeVectors">Makes room for the vectors of so many chunks.</param>
    public static IndexSegment Merge(
        IReadOnlyList<SegmentView> views, bool keepDeletions, Func<int, SegmentVectors> makeVectors, CancellationToken cancellationToken)
    {
        IReadOnlyList<IndexSegment> segments = [.. views.Select(v => v.Segment)];
        var writer = new SegmentWriter();
        var numbers = new int[segments.Count][];
        for (var i = 0; i < segments.Count; i++) numbers[i] = CopyDocuments(segments[i], views[i].Live, keepDeletions, writer);
        var vectors = makeVectors(writer.Chunks);
        for (var i = 0; i < segments.Count; i++) CopyVectors(segments[i].Vectors, numbers[i], vectors, cancellationToken);

        var next = new int[segments.Count];
        while (Smallest(segments, next) is var first and >= 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            CopyTerm(segments, numbers, next, first, writer);
        }

        GC.KeepAlive(segments);
        return new IndexSegment(writer.ToBytes(), vectors);
    }

    private static void CopyVectors(SegmentVectors from, int[] numbers, SegmentVectors to, CancellationToken cancellationToken)
    {
        // Another dimension than the model's of now: its vectors are no longer wanted.
        if (from.Dimensions != to.Dimensions) return;
        var work = new byte[2 * from.Dimensions];
        for (var chunk = 0; chunk < numbers.Length; chunk++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (numbers[chunk] >= 0) to.Copy(from, chunk, numbers[chunk], work);
        }
    }

    /// <returns>For each chunk its number in the new segment, -1 when it falls away.</returns>
    private static int[] CopyDocuments(IndexSegment segment, bool[] live, bool keepDeletions, SegmentWriter writer)
    {
        var numbers = new int[segment.Chunks];
        Array.Fill(numbers, -1);
        for (var document = 0; document < segment.Documents; document++)
        {
            var (from, to) = (segment.FirstChunks[document], segment.FirstChunks[document + 1]);
            if (!live[document] || (from == to && !keepDeletions)) continue;
            writer.BeginDocument(segment.DocumentIds[document], segment.Versions[document]);
            for (var chunk = from; chunk < to; chunk++)
            {
                numbers[chunk] = writer.Chunks;
                writer.AddChunk(segment.BodyLengths[chunk], segment.Languages[chunk]);
            }
        }

        return numbers;
    }

    private static int Smallest(IReadOnlyList<IndexSegment> segments, int[] next)
    {
        var smallest = -1;
        for (var i = 0; i < segments.Count; i++)
        {
            if (next[i] >= segments[i].Terms) continue;
            if (smallest < 0 || segments[i].Term(next[i]).SequenceCompareTo(segments[smallest].Term(next[smallest])) < 0) smallest = i;
        }

        return smallest;
    }

    private static void CopyTerm(IReadOnlyList<IndexSegment> segments, int[][] numbers, int[] next, int first, SegmentWriter writer)
    {
        var term = segments[first].Term(next[first]);
        if (WordList.Holds(term))
        {
            CopyWord(segments, next, first, writer);
            return;
        }

        var begun = false;
        for (var i = first; i < segments.Count; i++)
        {
            if (next[i] >= segments[i].Terms || !segments[i].Term(next[i]).SequenceEqual(term)) continue;
            var postings = segments[i].Postings(next[i]);
            while (postings.MoveNext())
            {
                var number = numbers[i][postings.Chunk];
                if (number < 0) continue;
                if (!begun) writer.BeginTerm(term);
                begun = true;
                writer.AddPosting(number, postings.Counts);
            }

            next[i]++;
        }
    }

    private static void CopyWord(IReadOnlyList<IndexSegment> segments, int[] next, int first, SegmentWriter writer)
    {
        var word = segments[first].Term(next[first]);
        var frequency = 0;
        for (var i = first; i < segments.Count; i++)
        {
            if (next[i] < segments[i].Terms && segments[i].Term(next[i]).SequenceEqual(word)) frequency += segments[i].Frequency(next[i]++);
        }

        writer.AddWord(word, frequency);
    }
}
