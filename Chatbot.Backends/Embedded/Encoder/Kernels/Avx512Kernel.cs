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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Tile(
        ref int quads, ref float scales, ref int corrections, int blocks,
        ref byte weights, ref float weightScales, ref float output, int stride)
    {
        var ones = Vector512.Create((short)1);
        ref var quads1 = ref Unsafe.Add(ref quads, blocks * 8);
        ref var quads2 = ref Unsafe.Add(ref quads1, blocks * 8);
        ref var quads3 = ref Unsafe.Add(ref quads2, blocks * 8);
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
            var c0 = Vector512.Create(Unsafe.Add(ref corrections, block));
            var r0 = Vector512.Create(Unsafe.Add(ref scales, block));
            a0 = Vector512.FusedMultiplyAdd(Vector512.ConvertToSingle(Avx512BW.MultiplyAddAdjacent(i0, ones) + c0), s0 * r0, a0);
            b0 = Vector512.FusedMultiplyAdd(Vector512.ConvertToSingle(Avx512BW.MultiplyAddAdjacent(j0, ones) + c0), s1 * r0, b0);
            var c1 = Vector512.Create(Unsafe.Add(ref corrections, block + blocks));
            var r1 = Vector512.Create(Unsafe.Add(ref scales, block + blocks));
            a1 = Vector512.FusedMultiplyAdd(Vector512.ConvertToSingle(Avx512BW.MultiplyAddAdjacent(i1, ones) + c1), s0 * r1, a1);
            b1 = Vector512.FusedMultiplyAdd(Vector512.ConvertToSingle(Avx512BW.MultiplyAddAdjacent(j1, ones) + c1), s1 * r1, b1);
            var c2 = Vector512.Create(Unsafe.Add(ref corrections, block + 2 * blocks));
            var r2 = Vector512.Create(Unsafe.Add(ref scales, block + 2 * blocks));
            a2 = Vector512.FusedMultiplyAdd(Vector512.ConvertToSingle(Avx512BW.MultiplyAddAdjacent(i2, ones) + c2), s0 * r2, a2);
            b2 = Vector512.FusedMultiplyAdd(Vector512.ConvertToSingle(Avx512BW.MultiplyAddAdjacent(j2, ones) + c2), s1 * r2, b2);
            var c3 = Vector512.Create(Unsafe.Add(ref corrections, block + 3 * blocks));
            var r3 = Vector512.Create(Unsafe.Add(ref scales, block + 3 * blocks));
            a3 = Vector512.FusedMultiplyAdd(Vector512.ConvertToSingle(Avx512BW.MultiplyAddAdjacent(i3, ones) + c3), s0 * r3, a3);
            b3 = Vector512.FusedMultiplyAdd(Vector512.ConvertToSingle(Avx512BW.MultiplyAddAdjacent(j3, ones) + c3), s1 * r3, b3);
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
}
