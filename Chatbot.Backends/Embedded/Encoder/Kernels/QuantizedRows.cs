using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chatbot.Backends.Embedded.Encoder.Kernels;

/// <summary>Activations as signed bytes, each block of 32 with its own scale. A row has at most
/// <paramref name="maxInputs"/> values. Needs AVX2. Reused; not safe for concurrent use.</summary>
internal sealed class QuantizedRows(int maxRows, int maxInputs)
{
    /// <summary>Four values each: [row][inputs / 4].</summary>
    public int[] Quads { get; } = GC.AllocateArray<int>(maxRows * maxInputs / 4, pinned: true);

    /// <summary>[row][inputs / 32].</summary>
    public float[] Scales { get; } = new float[maxRows * maxInputs / WeightMatrix.Block];

    /// <summary>−8 × the sum of the block's values, [row][inputs / 32]: weights are stored 8 too high.</summary>
    public int[] Corrections { get; } = new int[maxRows * maxInputs / WeightMatrix.Block];

    public int Inputs { get; private set; }

    public void Set(ReadOnlySpan<float> values, int inputs)
    {
        Inputs = inputs;
        var blocks = values.Length / WeightMatrix.Block;
        Quantize(values[..(blocks * WeightMatrix.Block)], MemoryMarshal.AsBytes(Quads.AsSpan(0, blocks * 8)),
            Scales.AsSpan(0, blocks), Corrections.AsSpan(0, blocks));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Quantize(ReadOnlySpan<float> values, Span<byte> bytes, Span<float> scales, Span<int> corrections)
    {
        var order = Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7);
        var eights = Vector256.Create((byte)8);
        var ones = Vector256.Create((short)1);
        for (var block = 0; block < scales.Length; block++)
        {
            ref readonly var source = ref values[block * WeightMatrix.Block];
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
            scales[block] = max / 127;
            var factor = Vector256.Create(max > 0 ? 127 / max : 0);

            // Packing works within halves of 128 bits, so the groups of four come out shuffled.
            var low = Avx2.PackSignedSaturate(Avx.ConvertToVector256Int32(v0 * factor), Avx.ConvertToVector256Int32(v1 * factor));
            var high = Avx2.PackSignedSaturate(Avx.ConvertToVector256Int32(v2 * factor), Avx.ConvertToVector256Int32(v3 * factor));
            var packed = Avx2.PackSignedSaturate(low, high);
            packed = Avx2.PermuteVar8x32(packed.AsInt32(), order).AsSByte();
            packed.AsByte().StoreUnsafe(ref bytes[block * WeightMatrix.Block]);

            var sums = Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(eights, packed), ones);
            corrections[block] = -Vector256.Sum(sums);
        }
    }
}
