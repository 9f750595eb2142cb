using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// How near whole documents are to a question: the cosine to the mean of their chunks' vectors. Of two pages with the same
/// sentence it tells the one that is about the matter. Each document is worked out once; not safe for concurrent use.
/// </summary>
/// <param name="specific">The question without what the index's vectors have in common; null where that is not known.</param>
internal sealed class DocumentMeaning(IndexSnapshot snapshot, ReadOnlyMemory<float> question, CommonDirections.SpecificQuestion? specific)
{
    // The beginning of a longer document says what it is about, and no document may cost more than the search itself.
    private const int MostChunks = 64;

    private readonly Dictionary<(int View, int Document), (double? Cosine, double? Specific)> _known = [];
    private float[]? _sum;
    private sbyte[]? _row;

    /// <returns>The cosine, and that without what is common; nulls when none of the document's chunks has a vector.</returns>
    public (double? Cosine, double? Specific) Of(int view, int document)
    {
        if (question.IsEmpty) return (null, null);
        if (_known.TryGetValue((view, document), out var known)) return known;
        return _known[(view, document)] = Cosine(snapshot.Views[view].Segment, document);
    }

    private (double? Cosine, double? Specific) Cosine(IndexSegment segment, int document)
    {
        var vectors = segment.Vectors;
        if (vectors.Dimensions != question.Length) return (null, null);
        var sum = _sum ??= new float[question.Length];
        Array.Clear(sum);
        var row = _row ??= new sbyte[2 * vectors.RowBytes];
        var first = segment.FirstChunks[document];
        var end = Math.Min(segment.FirstChunks[document + 1], first + MostChunks);
        var count = 0;
        for (var chunk = first; chunk < end; chunk++)
        {
            if (vectors.Scale(chunk) is not (not 0 and var scale)) continue;
            vectors.ReadCoarse(chunk, row);
            Add(row.AsSpan(0, sum.Length), scale, sum);
            count++;
        }

        GC.KeepAlive(segment);
        double length = TensorPrimitives.SumOfSquares(sum);
        if (length <= 0) return (null, null);
        var cosine = TensorPrimitives.Dot(sum, question.Span) / Math.Sqrt(length);
        if (specific is null) return (cosine, null);
        // A coarse byte is worth 256 times its scale.
        TensorPrimitives.Multiply(sum, 256f / count, sum);
        return (cosine, specific.Cosine(sum));
    }

    private static void Add(ReadOnlySpan<sbyte> row, float scale, Span<float> sum)
    {
        var wide = MemoryMarshal.Cast<sbyte, Vector<sbyte>>(row);
        var sums = MemoryMarshal.Cast<float, Vector<float>>(sum);
        for (var i = 0; i < wide.Length; i++)
        {
            Vector.Widen(wide[i], out var low, out var high);
            Add(low, scale, sums.Slice(4 * i, 2));
            Add(high, scale, sums.Slice((4 * i) + 2, 2));
        }

        for (var i = wide.Length * Vector<sbyte>.Count; i < sum.Length; i++) sum[i] += row[i] * scale;
    }

    private static void Add(Vector<short> values, float scale, Span<Vector<float>> sums)
    {
        Vector.Widen(values, out var low, out var high);
        sums[0] += Vector.ConvertToSingle(low) * scale;
        sums[1] += Vector.ConvertToSingle(high) * scale;
    }
}
