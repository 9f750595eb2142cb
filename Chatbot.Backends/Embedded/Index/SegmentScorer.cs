using System.Buffers;
using System.Numerics;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// Finds the best chunks of a segment by words, the same as if all were scored, but without words too common to matter:
/// once enough chunks are found, those that hold only words whose bounds together do not reach the worst of them are passed
/// over (MaxScore: Turtle and Flood, "Query Evaluation: Strategies and Optimizations", 1995). Works on windows whose scores
/// stay in the processor's cache.
/// </summary>
internal sealed class SegmentScorer(IndexSnapshot snapshot, int view, IReadOnlyList<ResolvedWord> words)
{
    private const int Window = 4096;

    private readonly IndexSegment _segment = snapshot.Views[view].Segment;
    private readonly SegmentView _view = snapshot.Views[view];

    public void Search(TopChunks best, CancellationToken cancellationToken)
    {
        var cursors = words.Select(word => new WordCursor(_segment, word, snapshot.AverageBodyLength)).ToArray();
        // The words that can add least come first: they are the first to be passed over.
        var order = Enumerable.Range(0, cursors.Length).Where(word => cursors[word].Bound > 0).OrderBy(word => cursors[word].Bound).ToArray();
        var passed = 0;
        double passedBound = 0;
        var scores = ArrayPool<float>.Shared.Rent(cursors.Length * Window);
        scores.AsSpan(0, cursors.Length * Window).Clear();
        Span<ulong> touched = stackalloc ulong[Window / 64];
        for (var first = 0; ; first += Window)
        {
            cancellationToken.ThrowIfCancellationRequested();
            while (passed < order.Length && passedBound + cursors[order[passed]].Bound <= best.Bar) passedBound += cursors[order[passed++]].Bound;
            var next = PostingCursor.End;
            for (var i = passed; i < order.Length; i++) next = Math.Min(next, cursors[order[i]].Seek(first));
            if (next == PostingCursor.End) break;
            first = next / Window * Window;
            touched.Clear();
            for (var i = passed; i < order.Length; i++)
                cursors[order[i]].Fill(first, scores.AsSpan(order[i] * Window, Math.Min(Window, _segment.Chunks - first)), touched);
            Collect(cursors, order.AsSpan(0, passed), passedBound, first, scores, touched, best);
        }

        ArrayPool<float>.Shared.Return(scores);
        GC.KeepAlive(_segment);
    }

    private void Collect(
        WordCursor[] cursors, ReadOnlySpan<int> passed, double passedBound, int first, float[] scores, ReadOnlySpan<ulong> touched, TopChunks best)
    {
        for (var group = 0; group < touched.Length; group++)
        {
            for (var bits = touched[group]; bits != 0; bits &= bits - 1)
            {
                var at = (group * 64) + BitOperations.TrailingZeroCount(bits);
                var score = Sum(scores, at, cursors.Length);
                if (passed.Length > 0 && (score * 1.00001) + passedBound > best.Bar)
                {
                    foreach (var word in passed) scores[(word * Window) + at] = cursors[word].ScoreAt(first + at);
                    // Always in the order of the question: sums of floats depend on it.
                    score = Sum(scores, at, cursors.Length);
                }

                for (var word = 0; word < cursors.Length; word++) scores[(word * Window) + at] = 0;
                // Ties go to the chunk that comes first, whatever segment it is in: the order must not change with merges.
                if (score > best.Bar && _view.Finds(first + at)) best.Add(score, ((long)view << 32) | (uint)(first + at));
            }
        }
    }

    private static float Sum(float[] scores, int at, int words)
    {
        var sum = 0f;
        for (var word = 0; word < words; word++) sum += scores[(word * Window) + at];
        return sum;
    }
}
