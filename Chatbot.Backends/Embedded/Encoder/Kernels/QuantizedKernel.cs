using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Chatbot.Backends.Embedded.Encoder.Kernels;

/// <summary>Products of bytes: activations are rounded to signed bytes in blocks of 32, weights are the nibbles.
/// A kernel differs in its tile only.</summary>
internal abstract class QuantizedKernel : LinearKernel
{
    // Of four successive inputs of one activation row and one output, a single 32-bit lane takes the products.
    protected sealed override int Group => 4;

    protected abstract int TileRows { get; }

    public sealed override void Multiply(
        ReadOnlySpan<float> source, int rows, WeightMatrix matrix, Span<float> destination, LinearScratch scratch)
    {
        var padded = Pad(rows);
        var activations = scratch.Quantized;
        activations.Set(source[..(rows * matrix.Inputs)], matrix.Inputs);
        SetBias(matrix, padded, destination);

        // The tiles go without checks: this is the whole range they touch.
        var blocks = matrix.Inputs / WeightMatrix.Block;
        ref var quads = ref MemoryMarshal.GetReference(activations.Quads.AsSpan(0, padded * matrix.Inputs / 4));
        ref var scales = ref MemoryMarshal.GetReference(activations.Scales.AsSpan(0, padded * blocks));
        ref var corrections = ref MemoryMarshal.GetReference(activations.Corrections.AsSpan(0, padded * blocks));
        ref var output = ref MemoryMarshal.GetReference(destination[..(padded * matrix.Outputs)]);
        for (var first = 0; first < matrix.Outputs; first += PanelWidth)
        {
            ref var weights = ref matrix.Weights[first * matrix.Inputs];
            ref var weightScales = ref matrix.Scales[first * blocks];
            for (var row = 0; row < rows; row += TileRows)
            {
                Tile(ref Unsafe.Add(ref quads, row * matrix.Inputs / 4), ref Unsafe.Add(ref scales, row * blocks),
                    ref Unsafe.Add(ref corrections, row * blocks), blocks, ref weights, ref weightScales,
                    ref Unsafe.Add(ref output, row * matrix.Outputs + first), matrix.Outputs);
            }
        }
    }

    /// <summary>Adds to <see cref="TileRows"/> rows × one panel of the output.</summary>
    /// <param name="blocks">Blocks of 32 inputs in a row.</param>
    /// <param name="stride">Floats of an output row.</param>
    protected abstract void Tile(
        ref int quads, ref float scales, ref int corrections, int blocks,
        ref byte weights, ref float weightScales, ref float output, int stride);
}
