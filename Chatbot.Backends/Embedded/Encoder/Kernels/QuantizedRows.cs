using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chatbot.Backends.Embedded.Encoder.Kernels;

/// <summary>Activations as signed bytes, each block of 32 with its own scale. Needs AVX2. Reused; not safe for
/// concurrent use.</summary>
internal sealed class QuantizedRows(int maxRows, int inputs)
{
    /// <summary>Values of a row.</summary>
    public int Inputs { get; } = inputs;

    /// <summary>Four values each: [row][inputs / 4].</summary>
    public int[] Quads { get; } = GC.AllocateArray<int>(maxRows * inputs / 4, pinned: true);

    /// <summary>[row][inputs / 32].</summary>
    public ActivationBlock[] Blocks { get; } = new ActivationBlock[maxRows * inputs / WeightMatrix.Block];

    /// <summary>Sets whole rows from the first on.</summary>
    public void Set(ReadOnlySpan<float> values)
    {
        var blocks = values.Length / WeightMatrix.Block;
        var bytes = MemoryMarshal.AsBytes(Quads.AsSpan(0, blocks * 8));
        for (var block = 0; block < blocks; block++)
            Quantize(in values[block * WeightMatrix.Block], ref bytes[block * WeightMatrix.Block], ref Blocks[block]);
    }

    /// <summary>Sets the same block of successive rows, from the first on.</summary>
    /// <param name="values">Rows of 32.</param>
    public void SetBlock(int block, ReadOnlySpan<float> values)
    {
        var rows = values.Length / WeightMatrix.Block;
        var blocks = Inputs / WeightMatrix.Block;
        var bytes = MemoryMarshal.AsBytes(Quads.AsSpan(0, rows * Inputs / 4));
        for (int row = 0, at = block; row < rows; row++, at += blocks)
            Quantize(in values[row * WeightMatrix.Block], ref bytes[at * WeightMatrix.Block], ref Blocks[at]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quantize(ref readonly float source, ref byte bytes, ref ActivationBlock block)
    {
        var v0 = Vector256.LoadUnsafe(in source);
        var v1 = Vector256.LoadUnsafe(in source, 8);
        var v2 = Vector256.LoadUnsafe(in source, 16);
        var v3 = Vector256.LoadUnsafe(in source, 24);

        var max8 = Vector256.MaxNative(
            Vector256.MaxNative(Vector256.Abs(v0), Vector256.Abs(v1)), Vector256.MaxNative(Vector256.Abs(v2), Vector256.Abs(v3)));
        var max4 = Vector128.MaxNative(max8.GetLower(), max8.GetUpper());
        max4 = Vector128.MaxNative(max4, Vector128.Shuffle(max4, Vector128.Create(2, 3, 0, 1)));
        max4 = Vector128.MaxNative(max4, Vector128.Shuffle(max4, Vector128.Create(1, 0, 3, 2)));
        var max = max4.ToScalar();
        var factor = Vector256.Create(max > 0 ? 127 / max : 0);

        // Packing works within halves of 128 bits, so the groups of four come out shuffled.
        var low = Avx2.PackSignedSaturate(Avx.ConvertToVector256Int32(v0 * factor), Avx.ConvertToVector256Int32(v1 * factor));
        var high = Avx2.PackSignedSaturate(Avx.ConvertToVector256Int32(v2 * factor), Avx.ConvertToVector256Int32(v3 * factor));
        var packed = Avx2.PackSignedSaturate(low, high).AsInt32();
        packed = Avx2.PermuteVar8x32(packed, Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7));
        packed.AsByte().StoreUnsafe(ref bytes);

        var sums = Avx2.MultiplyAddAdjacent(
            Avx2.MultiplyAddAdjacent(Vector256.Create((byte)8), packed.AsSByte()), Vector256.Create((short)1));
        block.Set(max, Vector256.Sum(sums));
    }
}
