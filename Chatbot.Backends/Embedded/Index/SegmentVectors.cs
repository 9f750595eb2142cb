using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// The vectors of a segment's chunks in 16 bits, kept apart: a coarse byte in the two planes of <see cref="NibbleRows"/>, of
/// which a search scans the high one as a whole and reads the low one where it may matter; and a fine byte, read for the few
/// candidates whose exact cosine is wanted. Vectors are added at any time, each the same whoever adds it; one at a time adds
/// (the gate of the knowledge base), any number reads meanwhile.
/// </summary>
/// <param name="dimensions">Of each vector, 1 or more.</param>
internal abstract class SegmentVectors(int chunks, int dimensions)
{
    /// <summary>Vectors that <see cref="Copy"/> takes at once.</summary>
    public const int MostCopied = 256;

    // In 16 bits. The coarse byte is rounded, so the sum of both has to leave room for half a step.
    private const int Largest = (NibbleRows.Largest * 256) - 128;

    public int Chunks => chunks;

    public int Dimensions => dimensions;

    /// <summary>Bytes of a row in each of the two planes.</summary>
    public int RowBytes { get; } = NibbleRows.BytesOf(dimensions);

    /// <summary>Every vector with a number up to this one is here, durably where there is a file.</summary>
    public abstract long Upto { get; }

    /// <summary>Whether all that is mapped of a file is there.</summary>
    public virtual bool IsWhole => true;

    /// <summary>For each chunk what a step of the 16-bit values is worth; 0: it has no vector.</summary>
    /// <remarks>Keep this object alive (<see cref="GC.KeepAlive"/>) until done with them, as with the planes.</remarks>
    public abstract ReadOnlySpan<float> Scales { get; }

    /// <summary>The high nibbles of some chunks, one after the other; empty when none of all has a vector.</summary>
    public abstract ReadOnlySpan<byte> High(int first, int count);

    /// <summary>The low nibbles of some chunks.</summary>
    public abstract ReadOnlySpan<byte> Low(int first, int count);

    /// <summary>What a step of the 16-bit values of a chunk is worth; 0: it has no vector.</summary>
    public float Scale(int chunk)
    {
        var scale = Volatile.Read(ref MemoryMarshal.GetReference(Scales.Slice(chunk, 1)));
        GC.KeepAlive(this);
        return scale;
    }

    /// <summary>How many chunks among some have a vector.</summary>
    public int Count(int first, int end)
    {
        var count = 0;
        foreach (var scale in Scales[first..end])
        {
            if (scale != 0) count++;
        }

        GC.KeepAlive(this);
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
        var (coarse, fine) = (new sbyte[dimensions], new byte[dimensions]);
        for (var i = 0; i < dimensions; i++)
        {
            var value = (int)MathF.Round(floats[i] / scale);
            coarse[i] = (sbyte)((value + 128) >> 8);
            fine[i] = (byte)(value - (coarse[i] << 8));
        }

        var planes = new byte[2 * RowBytes];
        NibbleRows.Pack(coarse, planes.AsSpan(0, RowBytes), planes.AsSpan(RowBytes));
        Store(chunk, [scale], planes.AsSpan(0, RowBytes), planes.AsSpan(RowBytes), fine);
    }

    /// <summary>The coarse bytes of a chunk that has a vector; what they are worth is 256 times its scale.</summary>
    /// <param name="values">Room for twice <see cref="RowBytes"/>; what is behind the dimensions is zero.</param>
    public void ReadCoarse(int chunk, Span<sbyte> values)
    {
        NibbleRows.Unpack(High(chunk, 1), Low(chunk, 1), values);
        GC.KeepAlive(this);
    }

    /// <summary>A chunk's vector to 8 bits.</summary>
    /// <param name="vector">As long as it has dimensions.</param>
    /// <returns>False when it has none.</returns>
    public bool TryReadCoarse(int chunk, Span<float> vector)
    {
        var scale = Scale(chunk);
        if (scale == 0) return false;
        var work = ArrayPool<byte>.Shared.Rent(2 * RowBytes);
        var coarse = MemoryMarshal.Cast<byte, sbyte>(work.AsSpan(0, 2 * RowBytes));
        ReadCoarse(chunk, coarse);
        ToFloats(coarse, 256 * scale, vector[..dimensions]);
        ArrayPool<byte>.Shared.Return(work);
        return true;
    }

    /// <summary>The product with a question, to 16 bits; null when the chunk has no vector.</summary>
    public float? Dot(int chunk, ReadOnlySpan<float> question)
    {
        var scale = Scale(chunk);
        if (scale == 0 || question.Length != dimensions) return null;
        var work = ArrayPool<byte>.Shared.Rent((2 * RowBytes) + dimensions);
        var coarse = MemoryMarshal.Cast<byte, sbyte>(work.AsSpan(0, 2 * RowBytes));
        var fine = work.AsSpan(2 * RowBytes, dimensions);
        ReadCoarse(chunk, coarse);
        ReadFine(chunk, 1, fine);
        var sum = 0f;
        for (var i = 0; i < question.Length; i++) sum += ((coarse[i] << 8) + (sbyte)fine[i]) * question[i];
        ArrayPool<byte>.Shared.Return(work);
        return sum * scale;
    }

    /// <summary>Takes over another one's vectors of some neighbours, at most <see cref="MostCopied"/>, all of which have one.</summary>
    public void Copy(SegmentVectors from, int first, int count, int to)
    {
        var fine = ArrayPool<byte>.Shared.Rent(count * dimensions);
        from.ReadFine(first, count, fine.AsSpan(0, count * dimensions));
        Store(to, from.Scales.Slice(first, count), from.High(first, count), from.Low(first, count), fine.AsSpan(0, count * dimensions));
        ArrayPool<byte>.Shared.Return(fine);
        GC.KeepAlive(from);
    }

    private static void ToFloats(ReadOnlySpan<sbyte> values, float scale, Span<float> floats)
    {
        var i = 0;
        for (; i <= floats.Length - Vector<sbyte>.Count; i += Vector<sbyte>.Count)
        {
            Vector.Widen(new Vector<sbyte>(values[i..]), out var low, out var high);
            ToFloats(low, scale, floats[i..]);
            ToFloats(high, scale, floats[(i + Vector<short>.Count)..]);
        }

        for (; i < floats.Length; i++) floats[i] = values[i] * scale;
    }

    private static void ToFloats(Vector<short> values, float scale, Span<float> floats)
    {
        Vector.Widen(values, out var low, out var high);
        (Vector.ConvertToSingle(low) * scale).CopyTo(floats);
        (Vector.ConvertToSingle(high) * scale).CopyTo(floats[Vector<float>.Count..]);
    }

    /// <summary>Stores the vectors of neighbours. The scales go last: until then the chunks have none.</summary>
    protected abstract void Store(int first, ReadOnlySpan<float> scales, ReadOnlySpan<byte> high, ReadOnlySpan<byte> low, ReadOnlySpan<byte> fine);

    protected abstract void ReadFine(int first, int count, Span<byte> fine);
}
