using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Chatbot.Backends.Embedded.Encoder.Kernels;

/// <summary>Floats throughout: a panel of weights is expanded, used for all rows, and forgotten. Expanding once at
/// load would take 85 MB.</summary>
internal sealed class FloatKernel<TLanes> : LinearKernel where TLanes : struct, ILanes<TLanes>
{
    // Inputs expanded at a time: a panel of 16 columns then fills half of a first-level cache of 48 kB.
    private const int Slice = 384;

    protected override int PanelWidth => FloatPanels<TLanes>.Width;

    protected override int Group => 1;

    public override void Multiply(
        ReadOnlySpan<float> source, int rows, WeightMatrix matrix, Span<float> destination, LinearScratch scratch)
    {
        var padded = Pad(rows);
        for (var row = 0; row < padded; row++)
            matrix.Bias.CopyTo(destination[(row * matrix.Outputs)..]);
        var width = matrix.PanelWidth;
        var bytes = scratch.Bytes(Slice * width);
        var panel = scratch.Floats(Slice * width);
        for (var first = 0; first < matrix.Outputs; first += width)
        {
            for (var start = 0; start < matrix.Inputs; start += Slice)
            {
                var length = Math.Min(Slice, matrix.Inputs - start);
                var weights = bytes[..(length * width)];
                matrix.Unpack(first, start, weights);
                var scales = matrix.Scales.Slice((first * matrix.Inputs + start * width) / WeightMatrix.Block, length * width / WeightMatrix.Block);
                Expand(weights, scales, width, panel);
                FloatPanels<TLanes>.MultiplyAdd(
                    source[start..], matrix.Inputs, padded, length, panel, 1, destination[first..], matrix.Outputs);
            }
        }
    }

    public override void FeedForward(
        ReadOnlySpan<float> source, int rows, WeightMatrix first, WeightMatrix second, Span<float> destination, LinearScratch scratch)
    {
        var between = scratch.MoreFloats(Pad(rows) * first.Outputs);
        Multiply(source, rows, first, between, scratch);
        RowOperations<TLanes>.Gelu(between[..(rows * first.Outputs)]);
        Multiply(between, rows, second, destination, scratch);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Expand(ReadOnlySpan<byte> weights, ReadOnlySpan<float> scales, int width, Span<float> destination)
    {
        var mask = width - 1;
        for (var i = 0; i < weights.Length; i += Vector128<byte>.Count)
        {
            var scale = scales[(i / (width * WeightMatrix.Block) * width)..];
            var (low, high) = Vector128.Widen(Vector128.Create(weights[i..]));
            var (a, b) = Vector128.Widen(low);
            var (c, d) = Vector128.Widen(high);
            Put(a, scale[(i & mask)..], destination[i..]);
            Put(b, scale[((i + 4) & mask)..], destination[(i + 4)..]);
            Put(c, scale[((i + 8) & mask)..], destination[(i + 8)..]);
            Put(d, scale[((i + 12) & mask)..], destination[(i + 12)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector128<uint> nibbles, ReadOnlySpan<float> scale, Span<float> destination) =>
        (Vector128.ConvertToSingle(nibbles.AsInt32() - Vector128.Create(8)) * Vector128.Create(scale)).CopyTo(destination);
}
