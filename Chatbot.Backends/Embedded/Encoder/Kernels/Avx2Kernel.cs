using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chatbot.Backends.Embedded.Encoder.Kernels;

/// <summary>Four rows by 16 outputs, sums of a block in 16 bits as in <see cref="Avx512Kernel"/>.</summary>
internal sealed class Avx2Kernel : QuantizedKernel
{
    protected override int PanelWidth => 16;

    protected override int TileRows => 4;

    protected override void Gelu(Span<float> values) => RowOperations<PortableLanes>.Gelu(values);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Tile(
        ref int quads, ref ActivationBlock sums, int blocks, int rowBlocks,
        ref byte weights, ref float weightScales, ref float output, int stride)
    {
        ref var quads1 = ref Unsafe.Add(ref quads, rowBlocks * 8);
        ref var quads2 = ref Unsafe.Add(ref quads1, rowBlocks * 8);
        ref var quads3 = ref Unsafe.Add(ref quads2, rowBlocks * 8);
        for (nint block = 0; block < blocks; block++)
        {
            var w0 = Vector256.LoadUnsafe(ref weights);
            var w1 = Vector256.LoadUnsafe(ref weights, 32);
            var x = Vector256.Create(quads).AsSByte();
            var i0 = Avx2.MultiplyAddAdjacent(w0, x);
            var j0 = Avx2.MultiplyAddAdjacent(w1, x);
            x = Vector256.Create(quads1).AsSByte();
            var i1 = Avx2.MultiplyAddAdjacent(w0, x);
            var j1 = Avx2.MultiplyAddAdjacent(w1, x);
            x = Vector256.Create(quads2).AsSByte();
            var i2 = Avx2.MultiplyAddAdjacent(w0, x);
            var j2 = Avx2.MultiplyAddAdjacent(w1, x);
            x = Vector256.Create(quads3).AsSByte();
            var i3 = Avx2.MultiplyAddAdjacent(w0, x);
            var j3 = Avx2.MultiplyAddAdjacent(w1, x);
            for (nint step = 1; step < 8; step++)
            {
                weights = ref Unsafe.Add(ref weights, 64);
                w0 = Vector256.LoadUnsafe(ref weights);
                w1 = Vector256.LoadUnsafe(ref weights, 32);
                x = Vector256.Create(Unsafe.Add(ref quads, step)).AsSByte();
                i0 += Avx2.MultiplyAddAdjacent(w0, x);
                j0 += Avx2.MultiplyAddAdjacent(w1, x);
                x = Vector256.Create(Unsafe.Add(ref quads1, step)).AsSByte();
                i1 += Avx2.MultiplyAddAdjacent(w0, x);
                j1 += Avx2.MultiplyAddAdjacent(w1, x);
                x = Vector256.Create(Unsafe.Add(ref quads2, step)).AsSByte();
                i2 += Avx2.MultiplyAddAdjacent(w0, x);
                j2 += Avx2.MultiplyAddAdjacent(w1, x);
                x = Vector256.Create(Unsafe.Add(ref quads3, step)).AsSByte();
                i3 += Avx2.MultiplyAddAdjacent(w0, x);
                j3 += Avx2.MultiplyAddAdjacent(w1, x);
            }

            weights = ref Unsafe.Add(ref weights, 64);
            quads = ref Unsafe.Add(ref quads, 8);
            quads1 = ref Unsafe.Add(ref quads1, 8);
            quads2 = ref Unsafe.Add(ref quads2, 8);
            quads3 = ref Unsafe.Add(ref quads3, 8);
            var s0 = Vector256.LoadUnsafe(ref weightScales);
            var s1 = Vector256.LoadUnsafe(ref weightScales, 8);
            weightScales = ref Unsafe.Add(ref weightScales, 16);
            Add(i0, j0, s0, s1, ref sums, ref output);
            Add(i1, j1, s0, s1, ref Unsafe.Add(ref sums, rowBlocks), ref Unsafe.Add(ref output, stride));
            Add(i2, j2, s0, s1, ref Unsafe.Add(ref sums, 2 * rowBlocks), ref Unsafe.Add(ref output, 2 * stride));
            Add(i3, j3, s0, s1, ref Unsafe.Add(ref sums, 3 * rowBlocks), ref Unsafe.Add(ref output, 3 * stride));
            sums = ref Unsafe.Add(ref sums, 1);
        }
    }

    // The sums wait in the output row, in the first-level cache: sixteen registers do not hold them too.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        Vector256<short> i, Vector256<short> j, Vector256<float> s0, Vector256<float> s1, ref ActivationBlock sums, ref float output)
    {
        var ones = Vector256.Create((short)1);
        var start = Vector256.Create(sums.Start);
        var scale = Vector256.Create(sums.Scale);
        var shift = Vector256.Create(sums.Shift);
        var x = Fma.MultiplySubtract((Avx2.MultiplyAddAdjacent(i, ones) + start).AsSingle(), scale, shift);
        var y = Fma.MultiplySubtract((Avx2.MultiplyAddAdjacent(j, ones) + start).AsSingle(), scale, shift);
        Fma.MultiplyAdd(x, s0, Vector256.LoadUnsafe(ref output)).StoreUnsafe(ref output);
        Fma.MultiplyAdd(y, s1, Vector256.LoadUnsafe(ref output, 8)).StoreUnsafe(ref output, 8);
    }
}
