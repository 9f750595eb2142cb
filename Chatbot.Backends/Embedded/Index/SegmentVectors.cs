using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// The vectors of a segment's chunks in 16 bits, kept apart by byte: the coarse one is scanned as a whole, the fine one is
/// read for the few candidates whose exact cosine is wanted. Vectors are added at any time, each the same whoever adds it;
/// one at a time adds (the gate of the knowledge base), any number reads meanwhile.
/// </summary>
/// <param name="dimensions">Of each vector, 1 or more.</param>
internal abstract class SegmentVectors(int chunks, int dimensions)
{
    /// <summary>What is added to a coarse byte, so that it has no sign: VNNI multiplies unsigned by signed bytes.</summary>
    public const int Offset = 128;

    // The largest value leaves room for rounding the coarse byte up.
    private const int Largest = 127 * 256;

    public int Chunks => chunks;

    public int Dimensions => dimensions;

    /// <summary>Every vector with a number up to this one is here, durably where there is a file.</summary>
    public abstract long Upto { get; }

    /// <summary>What a step of the 16-bit values is worth; 0: the chunk has no vector.</summary>
    public abstract float Scale(int chunk);

    /// <summary>The coarse bytes of some chunks, one after the other; empty when none of all has a vector.</summary>
    /// <remarks>Keep this object alive (<see cref="GC.KeepAlive"/>) until done with them.</remarks>
    public abstract ReadOnlySpan<byte> Coarse(int first, int count);

    /// <summary>How many chunks among some have a vector.</summary>
    public int Count(int first, int end)
    {
        var count = 0;
        for (var chunk = first; chunk < end; chunk++)
        {
            if (Scale(chunk) != 0) count++;
        }

        return count;
    }

    /// <param name="halves">Half-precision floats; of another dimension: ignored.</param>
    public void Set(int chunk, ReadOnlySpan<byte> halves)
    {
        var values = MemoryMarshal.Cast<byte, Half>(halves);
        if (values.Length != dimensions || Scale(chunk) != 0) return;
        var floats = new float[dimensions];
        TensorPrimitives.ConvertToSingle(values, floats);
        var most = Math.Abs(TensorPrimitives.MaxMagnitude<float>(floats));
        if (most == 0 || !float.IsFinite(most)) return;
        var scale = most / Largest;
        var (coarse, fine) = (new byte[dimensions], new byte[dimensions]);
        for (var i = 0; i < dimensions; i++)
        {
            var value = (int)MathF.Round(floats[i] / scale);
            var high = (value + 128) >> 8;
            (coarse[i], fine[i]) = ((byte)(high + Offset), (byte)(value - (high << 8)));
        }

        Store(chunk, scale, coarse, fine);
    }

    /// <summary>The product with a question, to 16 bits; null when the chunk has no vector.</summary>
    /// <param name="work">Twice as many bytes as dimensions.</param>
    public float? Dot(int chunk, ReadOnlySpan<float> question, Span<byte> work)
    {
        var scale = Scale(chunk);
        if (scale == 0 || question.Length != dimensions) return null;
        var coarse = work[..dimensions];
        var fine = work[dimensions..(2 * dimensions)];
        Load(chunk, coarse, fine);
        var sum = 0f;
        for (var i = 0; i < question.Length; i++) sum += (((coarse[i] - Offset) << 8) + (sbyte)fine[i]) * question[i];
        return sum * scale;
    }

    /// <summary>Takes over another one's vector.</summary>
    /// <param name="work">Twice as many bytes as dimensions.</param>
    public void Copy(SegmentVectors from, int chunk, int to, Span<byte> work)
    {
        if (from.Scale(chunk) is not (not 0 and var scale)) return;
        from.Load(chunk, work[..dimensions], work[dimensions..(2 * dimensions)]);
        Store(to, scale, work[..dimensions], work[dimensions..(2 * dimensions)]);
    }

    /// <summary>The scale goes last: until then the chunk has no vector.</summary>
    protected abstract void Store(int chunk, float scale, ReadOnlySpan<byte> coarse, ReadOnlySpan<byte> fine);

    protected abstract void Load(int chunk, Span<byte> coarse, Span<byte> fine);
}
