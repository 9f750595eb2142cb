using System.Numerics.Tensors;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// What the vectors of an index have in common: their mean, and the direction in which they differ most. Texts of one site are
/// near each other whatever they say, and a model's vectors point the same way to begin with; what is left without both
/// tells what a text says that others do not (Mu and Viswanath, "All-but-the-Top", 2018). Immutable.
/// </summary>
/// <remarks>Measured on two documentation sites: nDCG@10 of the best pages rises from .69 to .76 and from .93 to .95 when it
/// counts beside the plain cosine. Two or three directions instead of one changed little.</remarks>
internal sealed class CommonDirections
{
    // Of 64 vectors instead of 1,024 the gain was the same within a question or two.
    private const int Wanted = 1_024, Fewest = 16, FewestForDirection = 64;

    // The second direction is about .7 as wide as the first: its part in what is found is below a hundredth after so many.
    private const int Rounds = 16;

    private readonly float[] _mean;
    private readonly float[] _direction;
    private readonly float _meanSquare, _meanAlong;

    // Without the mean.
    private readonly IReadOnlyList<float[]> _sample;

    private CommonDirections(IReadOnlyList<float[]> sample, float[] mean, float[] direction)
    {
        (_sample, _mean, _direction) = (sample, mean, direction);
        (_meanSquare, _meanAlong) = (TensorPrimitives.SumOfSquares<float>(mean), TensorPrimitives.Dot<float>(mean, direction));
    }

    /// <returns>Null when there are too few vectors to tell what is common. Of a large index a sample counts.</returns>
    public static CommonDirections? Of(IndexSnapshot snapshot, int dimensions)
    {
        var rows = Sample(snapshot, dimensions);
        if (rows.Count < Fewest) return null;
        var mean = new float[dimensions];
        foreach (var row in rows) TensorPrimitives.Add(mean, row, mean);
        TensorPrimitives.Divide(mean, rows.Count, mean);
        foreach (var row in rows) TensorPrimitives.Subtract(row, mean, row);
        return new CommonDirections(rows, mean, rows.Count >= FewestForDirection ? WidestOf(rows, dimensions) : new float[dimensions]);
    }

    /// <returns>Null when nothing is left of the question.</returns>
    public SpecificQuestion? Of(ReadOnlySpan<float> question)
    {
        if (question.Length != _mean.Length) return null;
        var rest = question.ToArray();
        TensorPrimitives.Subtract(rest, _mean, rest);
        TensorPrimitives.MultiplyAdd(_direction, -TensorPrimitives.Dot<float>(rest, _direction), rest, rest);
        var length = TensorPrimitives.Norm<float>(rest);
        if (!(length > 1e-6f)) return null;
        TensorPrimitives.Divide(rest, length, rest);
        return new SpecificQuestion(this, rest, TensorPrimitives.Dot<float>(rest, _mean));
    }

    /// <summary>How near the index's vectors are to a question: mean and standard deviation of their cosines; null when it is of another dimension.</summary>
    public (double Mean, double Deviation)? SpreadTo(ReadOnlySpan<float> question)
    {
        if (question.Length != _mean.Length) return null;
        double squares = 0;
        foreach (var row in _sample)
        {
            double product = TensorPrimitives.Dot(row, question);
            squares += product * product;
        }

        return (TensorPrimitives.Dot(_mean, question), Math.Sqrt(squares / _sample.Count));
    }

    /// <summary>The length of what is left of a vector.</summary>
    private double RestOf(ReadOnlySpan<float> vector)
    {
        var along = TensorPrimitives.Dot(vector, _direction) - _meanAlong;
        var square = TensorPrimitives.SumOfSquares(vector) - (2 * TensorPrimitives.Dot(vector, _mean)) + _meanSquare - (along * along);
        return Math.Sqrt(Math.Max(0, square));
    }

    // Chosen by the ids of documents, so that the same chunks are taken however they lie in segments.
    private static List<float[]> Sample(IndexSnapshot snapshot, int dimensions)
    {
        var bar = snapshot.Chunks <= Wanted ? ulong.MaxValue : (ulong)(ulong.MaxValue * ((double)Wanted / snapshot.Chunks));
        var rows = new List<float[]>(Math.Min(Wanted, snapshot.Chunks));
        foreach (var (segment, live) in snapshot.Views)
        {
            var vectors = segment.Vectors;
            if (vectors.Dimensions != dimensions) continue;
            var ids = segment.DocumentIds;
            var firstChunks = segment.FirstChunks;
            for (var document = 0; document < live.Count; document++)
            {
                if (!live[document]) continue;
                var seed = SeedOf(ids[document]);
                for (var chunk = firstChunks[document]; chunk < firstChunks[document + 1]; chunk++)
                {
                    if (Mix(seed + (ulong)(chunk - firstChunks[document])) > bar || vectors.Scale(chunk) == 0) continue;
                    var row = new float[dimensions];
                    if (vectors.TryReadCoarse(chunk, row)) rows.Add(row);
                }
            }

            GC.KeepAlive(segment);
        }

        return rows;
    }

    private static float[] WidestOf(List<float[]> rows, int dimensions)
    {
        var direction = new float[dimensions];
        var next = new float[dimensions];
        // Any start does that is not at a right angle to what is looked for.
        for (var i = 0; i < dimensions; i++) direction[i] = 1 + (i % 7);
        for (var round = 0; round < Rounds; round++)
        {
            Array.Clear(next);
            foreach (var row in rows) TensorPrimitives.MultiplyAdd(row, TensorPrimitives.Dot<float>(row, direction), next, next);
            var length = TensorPrimitives.Norm<float>(next);
            if (!(length > 1e-12f)) return new float[dimensions];
            TensorPrimitives.Divide(next, length, direction);
        }

        return direction;
    }

    private static ulong SeedOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        return BitConverter.ToUInt64(bytes) ^ (BitConverter.ToUInt64(bytes[8..]) * 0x9E3779B97F4A7C15);
    }

    // The finaliser of MurmurHash3.
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xFF51AFD7ED558CCD;
        value = (value ^ (value >> 33)) * 0xC4CEB9FE1A85EC53;
        return value ^ (value >> 33);
    }

    /// <summary>A question without what is common. Immutable.</summary>
    internal sealed class SpecificQuestion(CommonDirections common, float[] rest, float toMean)
    {
        /// <summary>The cosine of what is left of both, -1 to 1; 0 when nothing is left of the vector.</summary>
        public double Cosine(ReadOnlySpan<float> vector)
        {
            var length = common.RestOf(vector);
            return length <= 1e-6 ? 0 : Math.Clamp((TensorPrimitives.Dot(vector, rest) - toMean) / length, -1, 1);
        }
    }
}
