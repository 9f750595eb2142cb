using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Chatbot.Backends.Embedded.Encoder.Kernels;

/// <summary>The steps between the matrix products, on rows of floats. Lengths are multiples of 16.</summary>
internal static class RowOperations<TLanes> where TLanes : struct, ILanes<TLanes>
{
    private const float LayerNormEpsilon = 1e-12f;

    /// <summary>values = (values + addend − mean) / deviation × weight + bias, one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddAndNormalize(
        Span<float> values, ReadOnlySpan<float> addend, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias)
    {
        var length = values.Length;
        ref var x = ref MemoryMarshal.GetReference(values);
        ref var y = ref MemoryMarshal.GetReference(addend[..length]);
        ref var w = ref MemoryMarshal.GetReference(weight[..length]);
        ref var b = ref MemoryMarshal.GetReference(bias[..length]);

        var sum = TLanes.Create(0);
        for (var i = 0; i < length; i += TLanes.Count)
        {
            var value = TLanes.Load(ref x, i) + TLanes.Load(ref y, i);
            TLanes.Store(value, ref x, i);
            sum += value;
        }

        var mean = TLanes.Create(TLanes.Sum(sum) / length);
        var squares = TLanes.Create(0);
        for (var i = 0; i < length; i += TLanes.Count)
        {
            var difference = TLanes.Load(ref x, i) - mean;
            squares = TLanes.MultiplyAdd(difference, difference, squares);
        }

        var factor = TLanes.Create(1 / MathF.Sqrt(TLanes.Sum(squares) / length + LayerNormEpsilon));
        for (var i = 0; i < length; i += TLanes.Count)
        {
            var scaled = (TLanes.Load(ref x, i) - mean) * factor;
            TLanes.Store(TLanes.MultiplyAdd(scaled, TLanes.Load(ref w, i), TLanes.Load(ref b, i)), ref x, i);
        }
    }

    /// <summary>values = values × Φ(values), with the error function itself and not the usual tanh for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gelu(Span<float> values)
    {
        ref var x = ref MemoryMarshal.GetReference(values);
        for (var i = 0; i + TLanes.Count <= values.Length; i += TLanes.Count)
        {
            var value = TLanes.Load(ref x, i);
            var half = value * TLanes.Create(0.5f);
            TLanes.Store(TLanes.MultiplyAdd(half, Erf(value * TLanes.Create(0.70710678f)), half), ref x, i);
        }
    }

    /// <summary>values = e^(values × factor − the largest of these) for the first <paramref name="count"/>, 0 to within
    /// 1e-37 for those after them.</summary>
    /// <param name="values">As many as whole vectors need for <paramref name="count"/>.</param>
    /// <returns>The sum, by which to divide for the softmax.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Exponentials(Span<float> values, int count, float factor)
    {
        values = values[..((count + TLanes.Count - 1) / TLanes.Count * TLanes.Count)];
        values[count..].Fill(float.MinValue);
        ref var x = ref MemoryMarshal.GetReference(values);
        var largest = TLanes.Load(ref x, 0);
        for (var i = TLanes.Count; i < values.Length; i += TLanes.Count)
            largest = TLanes.Max(largest, TLanes.Load(ref x, i));

        var shift = TLanes.Create(-TLanes.Largest(largest) * factor);
        var scale = TLanes.Create(factor);
        var sums = TLanes.Create(0);
        for (var i = 0; i < values.Length; i += TLanes.Count)
        {
            var e = Exp(TLanes.MultiplyAdd(TLanes.Load(ref x, i), scale, shift));
            TLanes.Store(e, ref x, i);
            sums += e;
        }

        return TLanes.Sum(sums);
    }

    // Rational approximation on [-4, 4] as in Eigen and XLA, error below 3e-7.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Erf(TLanes value)
    {
        var x = TLanes.Max(TLanes.Min(value, TLanes.Create(4)), TLanes.Create(-4));
        var square = x * x;
        var p = TLanes.Create(-2.72614225801306e-10f);
        p = TLanes.MultiplyAdd(p, square, TLanes.Create(2.77068142495902e-08f));
        p = TLanes.MultiplyAdd(p, square, TLanes.Create(-2.10102402082508e-06f));
        p = TLanes.MultiplyAdd(p, square, TLanes.Create(-5.69250639462346e-05f));
        p = TLanes.MultiplyAdd(p, square, TLanes.Create(-7.34990630326855e-04f));
        p = TLanes.MultiplyAdd(p, square, TLanes.Create(-2.95459980854025e-03f));
        p = TLanes.MultiplyAdd(p, square, TLanes.Create(-1.60960333262415e-02f));
        var q = TLanes.Create(-1.45660718464996e-05f);
        q = TLanes.MultiplyAdd(q, square, TLanes.Create(-2.13374055278905e-04f));
        q = TLanes.MultiplyAdd(q, square, TLanes.Create(-1.68282697438203e-03f));
        q = TLanes.MultiplyAdd(q, square, TLanes.Create(-7.37332916720468e-03f));
        q = TLanes.MultiplyAdd(q, square, TLanes.Create(-1.42647390514189e-02f));
        return x * p / q;
    }

    // For values of at most 0: 2^n × e^r with |r| ≤ ln 2 / 2, the series of e^r as in Cephes' expf.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Exp(TLanes value)
    {
        // Adding 1.5 × 2^23 leaves the nearest whole number in the lowest bits.
        var magic = TLanes.Create(12582912f);
        var x = TLanes.Max(value, TLanes.Create(-87));
        var bits = TLanes.MultiplyAdd(x, TLanes.Create(1.44269504f), magic);
        var n = bits - magic;
        var r = TLanes.MultiplyAdd(n, TLanes.Create(-0.693359375f), x);
        r = TLanes.MultiplyAdd(n, TLanes.Create(2.12194440e-4f), r);
        var p = TLanes.Create(1.9875691500e-4f);
        p = TLanes.MultiplyAdd(p, r, TLanes.Create(1.3981999507e-3f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Create(8.3334519073e-3f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Create(4.1665795894e-2f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Create(1.6666665459e-1f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Create(5.0000001201e-1f));
        p = TLanes.MultiplyAdd(p, r * r, r + TLanes.Create(1));
        return TLanes.ScaleByBits(p, bits);
    }
}
