using System.Diagnostics;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>Makes one segment of several, without what was replaced or deleted. No text is analysed again. Used once.</summary>
/// <param name="views">Oldest first.</param>
/// <param name="traffic">Searches that go first; null: none does.</param>
internal sealed class SegmentMerger(IReadOnlyList<SegmentView> views, SearchTraffic? traffic, CancellationToken cancellationToken)
{
    // Work between two looks at the searches, some tenths of a millisecond; measured in postings, of which a term or a vector is worth so many.
    private const int WorkAtOnce = 20_000, UnitsOfTerm = 10, UnitsOfVector = 40;

    private readonly IReadOnlyList<IndexSegment> _segments = [.. views.Select(v => v.Segment)];
    private long _since = Stopwatch.GetTimestamp();
    private int _work;

    /// <param name="keepDeletions">Keep documents without chunks that are live: they hide documents of segments that are not merged here.</param>
    /// <param name="makeVectors">Makes room for the vectors of so many chunks.</param>
    public IndexSegment Merge(bool keepDeletions, Func<int, SegmentVectors> makeVectors)
    {
        using var writer = new SegmentWriter();
        var vectors = Merge(keepDeletions, makeVectors, writer);
        return new IndexSegment(writer.ToBytes(), vectors);
    }

    /// <param name="writer">An empty one, which has the segment afterwards.</param>
    /// <returns>Its vectors.</returns>
    public SegmentVectors Merge(bool keepDeletions, Func<int, SegmentVectors> makeVectors, SegmentWriter writer)
    {
        var numbers = new int[_segments.Count][];
        for (var i = 0; i < _segments.Count; i++) numbers[i] = CopyDocuments(_segments[i], views[i].Live, keepDeletions, writer);
        var vectors = makeVectors(writer.Chunks);
        for (var i = 0; i < _segments.Count; i++) CopyVectors(_segments[i].Vectors, numbers[i], vectors);

        var next = new int[_segments.Count];
        while (Smallest(_segments, next) is var first and >= 0) Work(UnitsOfTerm + CopyTerm(_segments, numbers, next, first, writer));

        GC.KeepAlive(_segments);
        return vectors;
    }

    private void Work(int units)
    {
        if ((_work += units) < WorkAtOnce) return;
        cancellationToken.ThrowIfCancellationRequested();
        traffic?.GiveWay(_since, cancellationToken);
        (_work, _since) = (0, Stopwatch.GetTimestamp());
    }

    // Chunks that stay neighbours are copied at once.
    private void CopyVectors(SegmentVectors from, int[] numbers, SegmentVectors to)
    {
        // Another dimension than the model's of now: its vectors are no longer wanted.
        if (from.Dimensions != to.Dimensions) return;
        for (int first = 0, end; first < numbers.Length; first = end)
        {
            end = first + 1;
            if (numbers[first] < 0 || from.Scale(first) == 0) continue;
            while (end < numbers.Length && end - first < SegmentVectors.MostCopied && numbers[end] == numbers[end - 1] + 1 && from.Scale(end) != 0) end++;
            to.Copy(from, first, end - first, numbers[first]);
            Work(UnitsOfVector * (end - first));
        }
    }

    /// <returns>For each chunk its number in the new segment, -1 when it falls away.</returns>
    private static int[] CopyDocuments(IndexSegment segment, LiveDocuments live, bool keepDeletions, SegmentWriter writer)
    {
        var numbers = new int[segment.Chunks];
        Array.Fill(numbers, -1);
        var firstChunks = segment.FirstChunks;
        var bodyLengths = segment.BodyLengths;
        var languages = segment.Languages;
        for (var document = 0; document < segment.Documents; document++)
        {
            var (from, to) = (firstChunks[document], firstChunks[document + 1]);
            if (!live[document] || (from == to && !keepDeletions)) continue;
            writer.BeginDocument(segment.DocumentIds[document], segment.Versions[document]);
            for (var chunk = from; chunk < to; chunk++)
            {
                numbers[chunk] = writer.Chunks;
                writer.AddChunk(bodyLengths[chunk], languages[chunk]);
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

    /// <returns>How many postings it had.</returns>
    private static int CopyTerm(IReadOnlyList<IndexSegment> segments, int[][] numbers, int[] next, int first, SegmentWriter writer)
    {
        var term = segments[first].Term(next[first]);
        if (WordList.Holds(term))
        {
            CopyWord(segments, next, first, writer);
            return 0;
        }

        var begun = false;
        var postingsRead = 0;
        for (var i = first; i < segments.Count; i++)
        {
            if (next[i] >= segments[i].Terms || !segments[i].Term(next[i]).SequenceEqual(term)) continue;
            var postings = segments[i].Postings(next[i]);
            postingsRead += segments[i].Frequency(next[i]);
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

        return postingsRead;
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
