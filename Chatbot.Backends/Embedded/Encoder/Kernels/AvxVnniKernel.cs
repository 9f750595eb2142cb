using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chatbot.Backends.Embedded.Encoder.Kernels;

/// <summary>Six rows by 16 outputs: twelve sums in flight hide the five cycles of a VNNI instruction.</summary>
internal sealed class AvxVnniKernel : QuantizedKernel
{
    protected override int PanelWidth => 16;

    protected override int TileRows => 6;

    protected override void Gelu(Span<float> values)
    {
        if (Vector512.IsHardwareAccelerated)
            RowOperations<WideLanes>.Gelu(values);
        else
            RowOperations<PortableLanes>.Gelu(values);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Tile(
        ref int quads, ref ActivationBlock sums, int blocks, int rowBlocks,
        ref byte weights, ref float weightScales, ref float output, int stride)
    {
        ref var quads1 = ref Unsafe.Add(ref quads, rowBlocks * 8);
        ref var quads2 = ref Unsafe.Add(ref quads1, rowBlocks * 8);
        ref var quads3 = ref Unsafe.Add(ref quads2, rowBlocks * 8);
        ref var quads4 = ref Unsafe.Add(ref quads3, rowBlocks * 8);
        ref var quads5 = ref Unsafe.Add(ref quads4, rowBlocks * 8);
        ref var sums1 = ref Unsafe.Add(ref sums, rowBlocks);
        ref var sums2 = ref Unsafe.Add(ref sums1, rowBlocks);
        ref var sums3 = ref Unsafe.Add(ref sums2, rowBlocks);
        ref var sums4 = ref Unsafe.Add(ref sums3, rowBlocks);
        ref var sums5 = ref Unsafe.Add(ref sums4, rowBlocks);
        for (nint block = 0; block < blocks; block++)
        {
            var i0 = Vector256.Create(sums.Start);
            var j0 = i0;
            var i1 = Vector256.Create(sums1.Start);
            var j1 = i1;
            var i2 = Vector256.Create(sums2.Start);
            var j2 = i2;
            var i3 = Vector256.Create(sums3.Start);
            var j3 = i3;
            var i4 = Vector256.Create(sums4.Start);
            var j4 = i4;
            var i5 = Vector256.Create(sums5.Start);
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
            Add(i0, j0, s0, s1, ref sums, ref output);
            Add(i1, j1, s0, s1, ref sums1, ref Unsafe.Add(ref output, stride));
            Add(i2, j2, s0, s1, ref sums2, ref Unsafe.Add(ref output, 2 * stride));
            Add(i3, j3, s0, s1, ref sums3, ref Unsafe.Add(ref output, 3 * stride));
            Add(i4, j4, s0, s1, ref sums4, ref Unsafe.Add(ref output, 4 * stride));
            Add(i5, j5, s0, s1, ref sums5, ref Unsafe.Add(ref output, 5 * stride));
            sums = ref Unsafe.Add(ref sums, 1);
            sums1 = ref Unsafe.Add(ref sums1, 1);
            sums2 = ref Unsafe.Add(ref sums2, 1);
            sums3 = ref Unsafe.Add(ref sums3, 1);
            sums4 = ref Unsafe.Add(ref sums4, 1);
            sums5 = ref Unsafe.Add(ref sums5, 1);
        }
    }

    // The sums wait in the output row, in the first-level cache: sixteen registers do not hold them too.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        Vector256<int> i, Vector256<int> j, Vector256<float> s0, Vector256<float> s1, ref ActivationBlock sums, ref float output)
    {
        var scale = Vector256.Create(sums.Scale);
        var shift = Vector256.Create(sums.Shift);
        var x = Fma.MultiplySubtract(i.AsSingle(), scale, shift);
        var y = Fma.MultiplySubtract(j.AsSingle(), scale, shift);
        Fma.MultiplyAdd(x, s0, Vector256.LoadUnsafe(ref output)).StoreUnsafe(ref output);
        Fma.MultiplyAdd(y, s1, Vector256.LoadUnsafe(ref output, 8)).StoreUnsafe(ref output, 8);
    }
}
