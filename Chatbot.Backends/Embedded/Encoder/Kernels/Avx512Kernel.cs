using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chatbot.Backends.Embedded.Encoder.Kernels;

/// <summary>Four rows by 32 outputs. Of a block's 32 products with one output each of two 16-bit lanes takes 16, at most
/// 16 × 15 × 127 = 30,480: they cannot overflow.</summary>
internal sealed class Avx512Kernel : QuantizedKernel
{
    protected override int PanelWidth => 32;

    protected override int TileRows => 4;

    protected override void Gelu(Span<float> values) => RowOperations<WideLanes>.Gelu(values);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Tile(
        ref int quads, ref ActivationBlock sums, int blocks, int rowBlocks,
        ref byte weights, ref float weightScales, ref float output, int stride)
    {
        ref var quads1 = ref Unsafe.Add(ref quads, rowBlocks * 8);
        ref var quads2 = ref Unsafe.Add(ref quads1, rowBlocks * 8);
        ref var quads3 = ref Unsafe.Add(ref quads2, rowBlocks * 8);
        ref var sums1 = ref Unsafe.Add(ref sums, rowBlocks);
        ref var sums2 = ref Unsafe.Add(ref sums1, rowBlocks);
        ref var sums3 = ref Unsafe.Add(ref sums2, rowBlocks);
        var a0 = Vector512.LoadUnsafe(ref output);
        var b0 = Vector512.LoadUnsafe(ref output, 16);
        var a1 = Vector512.LoadUnsafe(ref output, (nuint)(stride));
        var b1 = Vector512.LoadUnsafe(ref output, (nuint)(stride + 16));
        var a2 = Vector512.LoadUnsafe(ref output, (nuint)(2 * stride));
        var b2 = Vector512.LoadUnsafe(ref output, (nuint)(2 * stride + 16));
        var a3 = Vector512.LoadUnsafe(ref output, (nuint)(3 * stride));
        var b3 = Vector512.LoadUnsafe(ref output, (nuint)(3 * stride + 16));

        for (nint block = 0; block < blocks; block++)
        {
            var w0 = Vector512.LoadUnsafe(ref weights);
            var w1 = Vector512.LoadUnsafe(ref weights, 64);
            var x0 = Vector512.Create(quads).AsSByte();
            var i0 = Avx512BW.MultiplyAddAdjacent(w0, x0);
            var j0 = Avx512BW.MultiplyAddAdjacent(w1, x0);
            var x1 = Vector512.Create(quads1).AsSByte();
            var i1 = Avx512BW.MultiplyAddAdjacent(w0, x1);
            var j1 = Avx512BW.MultiplyAddAdjacent(w1, x1);
            var x2 = Vector512.Create(quads2).AsSByte();
            var i2 = Avx512BW.MultiplyAddAdjacent(w0, x2);
            var j2 = Avx512BW.MultiplyAddAdjacent(w1, x2);
            var x3 = Vector512.Create(quads3).AsSByte();
            var i3 = Avx512BW.MultiplyAddAdjacent(w0, x3);
            var j3 = Avx512BW.MultiplyAddAdjacent(w1, x3);
            for (nint step = 1; step < 8; step++)
            {
                weights = ref Unsafe.Add(ref weights, 128);
                w0 = Vector512.LoadUnsafe(ref weights);
                w1 = Vector512.LoadUnsafe(ref weights, 64);
                x0 = Vector512.Create(Unsafe.Add(ref quads, step)).AsSByte();
                i0 += Avx512BW.MultiplyAddAdjacent(w0, x0);
                j0 += Avx512BW.MultiplyAddAdjacent(w1, x0);
                x1 = Vector512.Create(Unsafe.Add(ref quads1, step)).AsSByte();
                i1 += Avx512BW.MultiplyAddAdjacent(w0, x1);
                j1 += Avx512BW.MultiplyAddAdjacent(w1, x1);
                x2 = Vector512.Create(Unsafe.Add(ref quads2, step)).AsSByte();
                i2 += Avx512BW.MultiplyAddAdjacent(w0, x2);
                j2 += Avx512BW.MultiplyAddAdjacent(w1, x2);
                x3 = Vector512.Create(Unsafe.Add(ref quads3, step)).AsSByte();
                i3 += Avx512BW.MultiplyAddAdjacent(w0, x3);
                j3 += Avx512BW.MultiplyAddAdjacent(w1, x3);
            }

            weights = ref Unsafe.Add(ref weights, 128);
            quads = ref Unsafe.Add(ref quads, 8);
            quads1 = ref Unsafe.Add(ref quads1, 8);
            quads2 = ref Unsafe.Add(ref quads2, 8);
            quads3 = ref Unsafe.Add(ref quads3, 8);
            var s0 = Vector512.LoadUnsafe(ref weightScales);
            var s1 = Vector512.LoadUnsafe(ref weightScales, 16);
            weightScales = ref Unsafe.Add(ref weightScales, 32);
            var c0 = Vector512.Create(sums.Start);
            var r0 = Vector512.Create(sums.Scale);
            var m0 = Vector512.Create(sums.Shift);
            a0 = Vector512.FusedMultiplyAdd(Float(i0, c0, r0, m0), s0, a0);
            b0 = Vector512.FusedMultiplyAdd(Float(j0, c0, r0, m0), s1, b0);
            var c1 = Vector512.Create(sums1.Start);
            var r1 = Vector512.Create(sums1.Scale);
            var m1 = Vector512.Create(sums1.Shift);
            a1 = Vector512.FusedMultiplyAdd(Float(i1, c1, r1, m1), s0, a1);
            b1 = Vector512.FusedMultiplyAdd(Float(j1, c1, r1, m1), s1, b1);
            var c2 = Vector512.Create(sums2.Start);
            var r2 = Vector512.Create(sums2.Scale);
            var m2 = Vector512.Create(sums2.Shift);
            a2 = Vector512.FusedMultiplyAdd(Float(i2, c2, r2, m2), s0, a2);
            b2 = Vector512.FusedMultiplyAdd(Float(j2, c2, r2, m2), s1, b2);
            var c3 = Vector512.Create(sums3.Start);
            var r3 = Vector512.Create(sums3.Scale);
            var m3 = Vector512.Create(sums3.Shift);
            a3 = Vector512.FusedMultiplyAdd(Float(i3, c3, r3, m3), s0, a3);
            b3 = Vector512.FusedMultiplyAdd(Float(j3, c3, r3, m3), s1, b3);
            sums = ref Unsafe.Add(ref sums, 1);
            sums1 = ref Unsafe.Add(ref sums1, 1);
            sums2 = ref Unsafe.Add(ref sums2, 1);
            sums3 = ref Unsafe.Add(ref sums3, 1);
        }

        a0.StoreUnsafe(ref output);
        b0.StoreUnsafe(ref output, 16);
        a1.StoreUnsafe(ref output, (nuint)(stride));
        b1.StoreUnsafe(ref output, (nuint)(stride + 16));
        a2.StoreUnsafe(ref output, (nuint)(2 * stride));
        b2.StoreUnsafe(ref output, (nuint)(2 * stride + 16));
        a3.StoreUnsafe(ref output, (nuint)(3 * stride));
        b3.StoreUnsafe(ref output, (nuint)(3 * stride + 16));
    }

    // Pairs of 16-bit sums as one float each, times the activations' scale.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Float(Vector512<short> pairs, Vector512<int> start, Vector512<float> scale, Vector512<float> shift) =>
        Avx512F.FusedMultiplySubtract(
            (Avx512BW.MultiplyAddAdjacent(pairs, Vector512.Create((short)1)) + start).AsSingle(), scale, shift);
}
