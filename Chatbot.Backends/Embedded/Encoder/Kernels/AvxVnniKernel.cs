using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chatbot.Backends.Embedded.Encoder.Kernels;

/// <summary>Six rows by 16 outputs: twelve sums in flight hide the five cycles of a VNNI instruction.</summary>
internal sealed class AvxVnniKernel : QuantizedKernel
{
    protected override int PanelWidth => 16;

    protected override int TileRows => 6;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Tile(
        ref int quads, ref float scales, ref int corrections, int blocks,
        ref byte weights, ref float weightScales, ref float output, int stride)
    {
        ref var quads1 = ref Unsafe.Add(ref quads, blocks * 8);
        ref var quads2 = ref Unsafe.Add(ref quads1, blocks * 8);
        ref var quads3 = ref Unsafe.Add(ref quads2, blocks * 8);
        ref var quads4 = ref Unsafe.Add(ref quads3, blocks * 8);
        ref var quads5 = ref Unsafe.Add(ref quads4, blocks * 8);
        for (nint block = 0; block < blocks; block++)
        {
            var i0 = Vector256.Create(Unsafe.Add(ref corrections, block));
            var j0 = i0;
            var i1 = Vector256.Create(Unsafe.Add(ref corrections, block + blocks));
            var j1 = i1;
            var i2 = Vector256.Create(Unsafe.Add(ref corrections, block + 2 * blocks));
            var j2 = i2;
            var i3 = Vector256.Create(Unsafe.Add(ref corrections, block + 3 * blocks));
            var j3 = i3;
            var i4 = Vector256.Create(Unsafe.Add(ref corrections, block + 4 * blocks));
            var j4 = i4;
            var i5 = Vector256.Create(Unsafe.Add(ref corrections, block + 5 * blocks));
            var j5 = i5;
            for (nint step = 0; step < 8; step++)
            {
                var w0 = Vector256.LoadUnsafe(ref weights);
                var w1 = Vector256.LoadUnsafe(ref weights, 32);
                weights = ref Unsafe.Add(ref weights, 64);
                var x = Vector256.Create(Unsafe.Add(ref quads, step)).AsSByte();
                i0 = AvxVnni.MultiplyWideningAndAdd(i0, w0, x);
                j0 = AvxVnni.MultiplyWideningAndAdd(j0, w1, x);
                x = Vector256.Create(Unsafe.Add(ref quads1, step)).AsSByte();
                i1 = AvxVnni.MultiplyWideningAndAdd(i1, w0, x);
                j1 = AvxVnni.MultiplyWideningAndAdd(j1, w1, x);
                x = Vector256.Create(Unsafe.Add(ref quads2, step)).AsSByte();
                i2 = AvxVnni.MultiplyWideningAndAdd(i2, w0, x);
                j2 = AvxVnni.MultiplyWideningAndAdd(j2, w1, x);
                x = Vector256.Create(Unsafe.Add(ref quads3, step)).AsSByte();
                i3 = AvxVnni.MultiplyWideningAndAdd(i3, w0, x);
                j3 = AvxVnni.MultiplyWideningAndAdd(j3, w1, x);
                x = Vector256.Create(Unsafe.Add(ref quads4, step)).AsSByte();
                i4 = AvxVnni.MultiplyWideningAndAdd(i4, w0, x);
                j4 = AvxVnni.MultiplyWideningAndAdd(j4, w1, x);
                x = Vector256.Create(Unsafe.Add(ref quads5, step)).AsSByte();
                i5 = AvxVnni.MultiplyWideningAndAdd(i5, w0, x);
                j5 = AvxVnni.MultiplyWideningAndAdd(j5, w1, x);
            }

            quads = ref Unsafe.Add(ref quads, 8);
            quads1 = ref Unsafe.Add(ref quads1, 8);
            quads2 = ref Unsafe.Add(ref quads2, 8);
            quads3 = ref Unsafe.Add(ref quads3, 8);
            quads4 = ref Unsafe.Add(ref quads4, 8);
            quads5 = ref Unsafe.Add(ref quads5, 8);
            var s0 = Vector256.LoadUnsafe(ref weightScales);
            var s1 = Vector256.LoadUnsafe(ref weightScales, 8);
            weightScales = ref Unsafe.Add(ref weightScales, 16);
            Add(i0, j0, s0, s1, Unsafe.Add(ref scales, block), ref Unsafe.Add(ref output, 0));
            Add(i1, j1, s0, s1, Unsafe.Add(ref scales, block + blocks), ref Unsafe.Add(ref output, stride));
            Add(i2, j2, s0, s1, Unsafe.Add(ref scales, block + 2 * blocks), ref Unsafe.Add(ref output, 2 * stride));
            Add(i3, j3, s0, s1, Unsafe.Add(ref scales, block + 3 * blocks), ref Unsafe.Add(ref output, 3 * stride));
            Add(i4, j4, s0, s1, Unsafe.Add(ref scales, block + 4 * blocks), ref Unsafe.Add(ref output, 4 * stride));
            Add(i5, j5, s0, s1, Unsafe.Add(ref scales, block + 5 * blocks), ref Unsafe.Add(ref output, 5 * stride));
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
