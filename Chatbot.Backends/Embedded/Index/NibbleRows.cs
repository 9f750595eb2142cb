using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// Rows of signed bytes, -119 to 119, as two planes of 4 bits: 16 × high + low, where high is -7 to 7 and low -8 to 7, each stored
/// with <see cref="Offset"/> added. A scan of the high nibbles alone is a rounded product at half the bytes. In blocks of 64
/// dimensions, the first 32 in the lower half of 32 bytes, the others in the upper one; the last block is filled up with zeros.
/// </summary>
internal static class NibbleRows
{
    public const int Block = 64;

    /// <summary>What a nibble of the value 0 is stored as.</summary>
    public const int Offset = 8;

    /// <summary>The largest value a byte may have.</summary>
    public const int Largest = 119;

    /// <summary>Bytes of a row in each plane.</summary>
    public static int BytesOf(int dimensions) => (dimensions + Block - 1) / Block * (Block / 2);

    /// <summary>The dimension in the lower half of a byte; that in the upper half is <see cref="Block"/> / 2 higher.</summary>
    public static int LowDimension(int at) => (at / (Block / 2) * Block) + (at % (Block / 2));

    /// <param name="high">As many bytes as <see cref="BytesOf"/> says; <paramref name="low"/>, too.</param>
    public static void Pack(ReadOnlySpan<sbyte> values, Span<byte> high, Span<byte> low)
    {
        for (var at = 0; at < high.Length; at++)
        {
            var dimension = LowDimension(at);
            var (one, other) = (Value(values, dimension), Value(values, dimension + (Block / 2)));
            var (oneHigh, otherHigh) = ((one + Offset) >> 4, (other + Offset) >> 4);
            high[at] = (byte)((oneHigh + Offset) | ((otherHigh + Offset) << 4));
            low[at] = (byte)((one - (oneHigh << 4) + Offset) | ((other - (otherHigh << 4) + Offset) << 4));
        }
    }

    /// <param name="values">Room for twice as many values as a plane has bytes.</param>
    public static void Unpack(ReadOnlySpan<byte> high, ReadOnlySpan<byte> low, Span<sbyte> values)
    {
        // Of 16 × Offset + Offset; bytes wrap around to the right sign.
        var zero = Vector256.Create((byte)(17 * Offset));
        var mask = Vector256.Create((byte)0x0F);
        ref var target = ref Unsafe.As<sbyte, byte>(ref MemoryMarshal.GetReference(values[..(2 * high.Length)]));
        for (var at = 0; at < high.Length; at += Block / 2)
        {
            var (h, l) = (Vector256.Create(high[at..]), Vector256.Create(low[at..]));
            (((h & mask) << 4) + (l & mask) - zero).StoreUnsafe(ref target, (nuint)(2 * at));
            (Vector256.AndNot(h, mask) + ((l >>> 4) & mask) - zero).StoreUnsafe(ref target, (nuint)(2 * at) + (Block / 2));
        }
    }

    private static int Value(ReadOnlySpan<sbyte> values, int dimension) => dimension < values.Length ? values[dimension] : 0;
}
