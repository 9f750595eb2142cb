namespace Chatbot.Backends.Embedded.Index;

/// <summary>A word of a question in one segment: the cursors of its terms, and what it can add to a score at most. Not safe for concurrent use.</summary>
internal sealed class WordCursor
{
    private readonly (PostingCursor Postings, float Weight)[] _terms;
    private readonly IndexSegment _segment;
    private readonly double _averageLength;

    public WordCursor(IndexSegment segment, ResolvedWord word, double averageLength)
    {
        (_segment, _averageLength) = (segment, averageLength);
        var terms = new List<(PostingCursor, float)>(word.Terms.Count);
        // Chunks may have become longer on average since the segment was written, and each occurrence counts more then.
        var growth = Math.Max(1, averageLength / segment.AverageBodyLength);
        foreach (var term in word.Terms)
        {
            if (segment.FindTerm(term.Bytes) is not (>= 0 and var at) || segment.Frequency(at) == 0) continue;
            var weight = (float)word.Idf * term.Weight;
            terms.Add((new PostingCursor(segment, at), weight));
            // A little more than it can be, because sums of floats are rounded.
            Bound = Math.Max(Bound, weight * Bm25.Saturate((float)(segment.HighestWeight(at) * growth)) * 1.00001);
        }

        _terms = [.. terms];
    }

    /// <summary>No chunk gets more from this word; 0 when the segment lacks it.</summary>
    public double Bound { get; }

    /// <summary>The first chunk from here on that holds the word; <see cref="PostingCursor.End"/> when there is none.</summary>
    public int Seek(int chunk)
    {
        var first = PostingCursor.End;
        foreach (var (postings, _) in _terms) first = Math.Min(first, postings.Seek(chunk));
        return first;
    }

    /// <summary>Notes what the word is worth in each of a run of chunks; of several terms the best counts.</summary>
    /// <param name="scores">Of the chunks from <paramref name="first"/> on; zeros where the word is not.</param>
    /// <param name="touched">A bit for each of these chunks.</param>
    public void Fill(int first, Span<float> scores, Span<ulong> touched)
    {
        var lengths = _segment.BodyLengths;
        foreach (var (postings, weight) in _terms)
        {
            for (var chunk = postings.Seek(first); chunk < first + scores.Length; chunk = postings.Next())
            {
                var score = weight * Bm25.Saturate(Bm25.Weigh(postings.Counts, Bm25.LengthNorm(lengths[chunk], _averageLength)));
                ref var best = ref scores[chunk - first];
                if (score > best) best = score;
                touched[(chunk - first) >> 6] |= 1UL << (chunk - first);
            }
        }
    }

    /// <summary>What the word is worth in a chunk. Chunks are asked for in rising order.</summary>
    public float ScoreAt(int chunk)
    {
        var best = 0f;
        foreach (var (postings, weight) in _terms)
        {
            if (postings.Seek(chunk) != chunk) continue;
            best = Math.Max(best, weight * Bm25.Saturate(Bm25.Weigh(postings.Counts, Bm25.LengthNorm(_segment.BodyLengths[chunk], _averageLength))));
        }

        return best;
    }

    /// <summary>What the word is worth in a whole document. Documents are asked for in rising order.</summary>
    public float ScoreOf(int document, float lengthNorm)
    {
        var (first, end) = (_segment.FirstChunks[document], _segment.FirstChunks[document + 1]);
        var best = 0f;
        foreach (var (postings, weight) in _terms)
        {
            float sum = 0;
            for (var chunk = postings.Seek(first); chunk < end; chunk = postings.Next()) sum += postings.Counts.Body + postings.Counts.Headings;
            if (sum > 0) best = Math.Max(best, weight * Bm25.Saturate(sum * lengthNorm));
        }

        return best;
    }
}
