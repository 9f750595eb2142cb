using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Chatbot.Backends.Embedded.Encoder.Kernels;

/// <summary>Products of bytes: activations are rounded to signed bytes in blocks of 32, weights are the nibbles.
/// A kernel differs in its tile only.</summary>
internal abstract class QuantizedKernel : LinearKernel
{
    // Inputs at a time: a panel's weights, unpacked, then take 6 or 12 kB and stay in a first-level cache.
    private const int Slice = 384;

    // Of four successive inputs of one activation row and one output, a single 32-bit lane takes the products.
    protected sealed override int Group => 4;

    protected abstract int TileRows { get; }

    public sealed override void Multiply(
        ReadOnlySpan<float> source, int rows, WeightMatrix matrix, Span<float> destination, LinearScratch scratch)
    {
        var activations = scratch.Quantized(matrix.Inputs);
        activations.Set(source[..(rows * matrix.Inputs)]);
        Multiply(activations, rows, matrix, 0, matrix.Outputs, destination, scratch);
    }

    // The values between the layers are four times as many as those before and after. A block of 32 of them at a time
    // goes through GELU and is rounded while it is in a first-level cache; as floats they never exist all at once.
    public sealed override void FeedForward(
        ReadOnlySpan<float> source, int rows, WeightMatrix first, WeightMatrix second, Span<float> destination, LinearScratch scratch)
    {
        var activations = scratch.Quantized(first.Inputs);
        activations.Set(source[..(rows * first.Inputs)]);
        var between = scratch.Quantized(second.Inputs);
        var values = scratch.Floats(Pad(rows) * WeightMatrix.Block);
        for (var output = 0; output < first.Outputs; output += WeightMatrix.Block)
        {
            Multiply(activations, rows, first, output, WeightMatrix.Block, values, scratch);
            var block = values[..(rows * WeightMatrix.Block)];
            Gelu(block);
            between.SetBlock(output / WeightMatrix.Block, block);
        }

        Multiply(between, rows, second, 0, second.Outputs, destination, scratch);
    }

    protected abstract void Gelu(Span<float> values);

    /// <summary>Adds to <see cref="TileRows"/> rows × one panel of the output.</summary>
    /// <param name="quads">Activations of the first row, and <paramref name="sums"/> what belongs to their blocks.</param>
    /// <param name="blocks">Blocks of 32 inputs to add.</param>
    /// <param name="rowBlocks">Blocks from one row of activations to the next.</param>
    /// <param name="stride">Floats of an output row.</param>
    protected abstract void Tile(
        ref int quads, ref ActivationBlock sums, int blocks, int rowBlocks,
        ref byte weights, ref float weightScales, ref float output, int stride);

    // Rows of count floats: the outputs from first on, whole panels.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(
        QuantizedRows activations, int rows, WeightMatrix matrix, int first, int count, Span<float> destination, LinearScratch scratch)
    {
        // The tiles go without checks: this is the whole range they touch.
        var padded = (rows + TileRows - 1) / TileRows * TileRows;
        var rowBlocks = matrix.Inputs / WeightMatrix.Block;
        ref var quads = ref MemoryMarshal.GetReference(activations.Quads.AsSpan(0, padded * rowBlocks * 8));
        ref var sums = ref MemoryMarshal.GetReference(activations.Blocks.AsSpan(0, padded * rowBlocks));
        ref var output = ref MemoryMarshal.GetReference(destination[..(padded * count)]);
        var weights = scratch.Bytes(Slice * PanelWidth);
        for (var panel = 0; panel < count; panel += PanelWidth)
        {
            SetBias(ref matrix.Bias.AsSpan(first + panel, PanelWidth)[0], padded, ref Unsafe.Add(ref output, panel), count);
            for (var input = 0; input < matrix.Inputs; input += Slice)
            {
                var length = Math.Min(Slice, matrix.Inputs - input);
                matrix.Unpack(first + panel, input, weights[..(length * PanelWidth)]);
                var block = input / WeightMatrix.Block;
                ref var weightScales = ref matrix.Scales[(first + panel) * rowBlocks + block * PanelWidth];
                for (var row = 0; row < rows; row += TileRows)
                {
                    var at = row * rowBlocks + block;
                    Tile(ref Unsafe.Add(ref quads, at * 8), ref Unsafe.Add(ref sums, at),
                        length / WeightMatrix.Block, rowBlocks, ref MemoryMarshal.GetReference(weights), ref weightScales,
                        ref Unsafe.Add(ref output, row * count + panel), count);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetBias(ref float bias, int rows, ref float output, int stride)
    {
        for (nint row = 0; row < rows; row++)
        {
            for (nuint i = 0; i < (nuint)PanelWidth; i += (nuint)Vector256<float>.Count)
                Vector256.LoadUnsafe(ref bias, i).StoreUnsafe(ref Unsafe.Add(ref output, row * stride), i);
        }
    }
}
