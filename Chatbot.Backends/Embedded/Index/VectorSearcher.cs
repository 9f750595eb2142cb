using System.Numerics.Tensors;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// Scans all vectors of a snapshot for those nearest to a question, on all cores: by the high nibbles of their coarse bytes
/// first, those that may be among the best by whole coarse bytes, the best of these by all 16 bits.
/// </summary>
internal static class VectorSearcher
{
    private const int RowsPerTurn = 8_192, RowsPerStep = 64;

    // What low nibbles add to a product scatters like the sum of as many dice. With so many standard deviations, not one in a
    // hundred million of the best is passed over. Of 100,000 real vectors, one in forty is looked at for it.
    private const float Deviations = 6;

    // Of a nibble from -8 to 7: the mean is -1/2, the variance (16² - 1) / 12.
    private const float NibbleMean = -0.5f, NibbleDeviation = 4.61f;

    // Coarse products of unit vectors are off by about 0.0006; these many more are looked at closely, and a quarter as many again.
    private const int Margin = 24;

    /// <returns>The nearest living chunks, best first, ties in the order of the index.</returns>
    public static List<NearChunk> Search(IndexSnapshot snapshot, ReadOnlySpan<float> question, int limit)
    {
        if (question.Length == 0 || TensorPrimitives.MaxMagnitude(question) is 0 or float.NaN) return [];
        var scan = new Scan(snapshot, question, limit + (limit / 4) + Margin);
        scan.Run(Environment.ProcessorCount - 1);

        var near = new List<NearChunk>();
        foreach (var (_, number) in scan.Found.Items)
        {
            var (view, chunk) = ((int)(number >> 32), (int)number);
            var segment = snapshot.Views[view].Segment;
            if (segment.Vectors.Dot(chunk, question) is { } cosine) near.Add(new NearChunk(view, segment.DocumentOf(chunk), chunk, cosine));
        }

        GC.KeepAlive(snapshot);
        near.Sort(static (a, b) => a.Cosine != b.Cosine ? b.Cosine.CompareTo(a.Cosine) : (a.View, a.Chunk).CompareTo((b.View, b.Chunk)));
        if (near.Count > limit) near.RemoveRange(limit, near.Count - limit);
        return near;
    }

    /// <summary>
    /// Each thread takes the next turn until none is left. The one that asks waits for no other: what another has begun and
    /// not finished, because the system gave its processor to something else, is done again.
    /// </summary>
    private sealed class Scan : IThreadPoolWorkItem
    {
        private readonly IndexSnapshot _snapshot;
        private readonly sbyte[] _question;

        // What the offsets of both nibbles add to the product.
        private readonly int _correction;

        // As much as a row can gain by its low nibbles, but for the offset.
        private readonly int _reach;
        private readonly int _most;
        private readonly List<(int View, int First, int Count)> _turns = [];
        private readonly bool[] _isDone;
        private int _next = -1;
        private float _bar = float.NegativeInfinity;

        public Scan(IndexSnapshot snapshot, ReadOnlySpan<float> question, int most)
        {
            (_snapshot, _most, Found) = (snapshot, most, new TopChunks(most));
            _question = new sbyte[2 * NibbleRows.BytesOf(question.Length)];
            var step = Math.Abs(TensorPrimitives.MaxMagnitude(question)) / sbyte.MaxValue;
            var (sum, squares) = (0, 0L);
            for (var i = 0; i < question.Length; i++)
            {
                _question[i] = (sbyte)MathF.Round(question[i] / step);
                sum += _question[i];
                squares += _question[i] * _question[i];
            }

            _correction = 17 * NibbleRows.Offset * sum;
            _reach = (int)((NibbleMean * sum) + (Deviations * NibbleDeviation * MathF.Sqrt(squares))) - (16 * NibbleRows.Offset * sum);

            for (var view = 0; view < snapshot.Views.Count; view++)
            {
                var vectors = snapshot.Views[view].Segment.Vectors;
                if (vectors.Dimensions != question.Length) continue;
                for (var first = 0; first < vectors.Chunks; first += RowsPerTurn) _turns.Add((view, first, Math.Min(RowsPerTurn, vectors.Chunks - first)));
            }

            _isDone = new bool[_turns.Count];
        }

        /// <summary>The best of all turns that are done.</summary>
        public TopChunks Found { get; }

        public void Run(int helpers)
        {
            for (var helper = 0; helper < Math.Min(helpers, _turns.Count - 1); helper++) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            Execute();
            for (var turn = 0; turn < _turns.Count; turn++) Execute(turn);
        }

        public void Execute()
        {
            for (var turn = Interlocked.Increment(ref _next); turn < _turns.Count; turn = Interlocked.Increment(ref _next)) Execute(turn);
        }

        // A row that is not among the best of one turn is not among the best of all, so the highest bar holds for all of them.
        private void Execute(int turn)
        {
            if (Volatile.Read(ref _isDone[turn])) return;
            var best = new TopChunks(_most);
            Span<int> products = stackalloc int[RowsPerStep];
            Span<int> rest = stackalloc int[1];
            var (view, first, count) = _turns[turn];
            var found = _snapshot.Views[view];
            var vectors = found.Segment.Vectors;
            for (var end = first + count; first < end; first += RowsPerStep)
            {
                if (Volatile.Read(ref _isDone[turn])) return;
                var step = products[..Math.Min(RowsPerStep, end - first)];
                var rows = vectors.High(first, step.Length);
                if (rows.IsEmpty) break;
                NibbleProducts.Multiply(_question, rows, step);
                var scales = vectors.Scales.Slice(first, step.Length);
                var bar = Volatile.Read(ref _bar);
                for (var i = 0; i < step.Length; i++)
                {
                    var scale = scales[i];
                    if (((16 * step[i]) + _reach) * scale < bar || scale == 0) continue;
                    // Where few are wanted, the bar stays low, and whatever is not would be looked at closely.
                    if (found.IsFiltered && !found.Finds(first + i)) continue;
                    NibbleProducts.Multiply(_question, vectors.Low(first + i, 1), rest);
                    var score = ((16 * step[i]) + rest[0] - _correction) * scale;
                    if (score < bar || !found.Finds(first + i)) continue;
                    best.Add(score, ((long)view << 32) | (uint)(first + i));
                    if (best.Bar > bar) bar = best.Bar;
                }

                Raise(bar);
            }

            lock (Found)
            {
                if (_isDone[turn]) return;
                foreach (var (score, number) in best.Items) Found.Add(score, number);
                Raise(Found.Bar);
                Volatile.Write(ref _isDone[turn], true);
            }

            GC.KeepAlive(_snapshot);
        }

        // It only rises, but for two threads that write at once: the lower bar costs some looks, no result.
        private void Raise(float bar)
        {
            if (bar > Volatile.Read(ref _bar)) Volatile.Write(ref _bar, bar);
        }
    }
}

/// <summary>A chunk that a scan of the vectors found.</summary>
internal readonly record struct NearChunk(int View, int Document, int Chunk, float Cosine);
