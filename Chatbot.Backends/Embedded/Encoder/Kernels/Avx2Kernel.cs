using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chatbot.Backends.Embedded.Encoder.Kernels;

/// <summary>Four rows by 16 outputs, sums of a block in 16 bits as in <see cref="Avx512Kernel"/>.</summary>
internal sealed class Avx2Kernel : QuantizedKernel
{
    protected override int PanelWidth => 16;

    protected override int TileRows => 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Tile(
        ref int quads, ref float scales, ref int corrections, int blocks,
        ref byte weights, ref float weightScales, ref float output, int stride)
    {
        ref var quads1 = ref Unsafe.Add(ref quads, blocks * 8);
        ref var quads2 = ref Unsafe.Add(ref quads1, blocks * 8);
        ref var quads3 = ref Unsafe.Add(ref quads2, blocks * 8);
        var ones = Vector256.Create((short)1);
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
            var c0 = Vector256.Create(Unsafe.Add(ref corrections, block));
            Add(Avx2.MultiplyAddAdjacent(i0, ones) + c0, Avx2.MultiplyAddAdjacent(j0, ones) + c0, s0, s1,
                Unsafe.Add(ref scales, block), ref Unsafe.Add(ref output, 0));
            var c1 = Vector256.Create(Unsafe.Add(ref corrections, block + blocks));
            Add(Avx2.MultiplyAddAdjacent(i1, ones) + c1, Avx2.MultiplyAddAdjacent(j1, ones) + c1, s0, s1,
                Unsafe.Add(ref scales, block + blocks), ref Unsafe.Add(ref output, stride));
            var c2 = Vector256.Create(Unsafe.Add(ref corrections, block + 2 * blocks));
            Add(Avx2.MultiplyAddAdjacent(i2, ones) + c2, Avx2.MultiplyAddAdjacent(j2, ones) + c2, s0, s1,
                Unsafe.Add(ref scales, block + 2 * blocks), ref Unsafe.Add(ref output, 2 * stride));
            var c3 = Vector256.Create(Unsafe.Add(ref corrections, block + 3 * blocks));
            Add(Avx2.MultiplyAddAdjacent(i3, ones) + c3, Avx2.MultiplyAddAdjacent(j3, ones) + c3, s0, s1,
                Unsafe.Add(ref scales, block + 3 * blocks), ref Unsafe.Add(ref output, 3 * stride));
        }
    }

    // The sums wait in the output row, in the first-level cache: sixteen registers do not hold them too.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        Vector256<int> i, Vector256<int> j, Vector256<float> s0, Vector256<float> s1, float scale, ref float output)
    {
        var r = Vector256.Create(scale);
        Vector256.FusedMultiplyAdd(Vector256.ConvertToSingle(i), s0 * r, Vector256.LoadUnsafe(ref output)).StoreUnsafe(ref output);
        Vector256.FusedMultiplyAdd(Vector256.ConvertToSingle(j), s1 * r, Vector256.LoadUnsafe(ref output, 8)).StoreUnsafe(ref output, 8);
    }
}
