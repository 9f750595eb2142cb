using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Chatbot.Backends.Embedded.Encoder.Kernels;

/// <summary>
/// Weights of a linear layer, half a byte each (0 to 15; weight = (value − 8) × scale). Unpacked to bytes they have the
/// order in which the kernel reads them, [panel of outputs][inputs / group][output][group]; the scales are
/// [panel][block of 32 inputs][output]. Kept packed, because a short text is over before whole bytes of all layers have
/// come from memory; a kernel unpacks what it uses next into a first-level cache.
/// </summary>
internal sealed class WeightMatrix
{
    /// <summary>Inputs that share a scale.</summary>
    public const int Block = 32;

    // Of 128 weights in the kernel's order the first 64 are the low halves of 64 bytes, the others the high ones:
    // both come out as whole vectors.
    private const int HalfChunk = 64;
    private const int Chunk = 2 * HalfChunk;

    private readonly AlignedArray<byte> _packed;
    private readonly AlignedArray<float> _scales;

    public WeightMatrix(int outputs, int inputs, int panelWidth, int group)
    {
        if (outputs % panelWidth != 0 || inputs % Block != 0)
            throw new ArgumentException("Outputs come in whole panels, inputs in whole blocks.");
        (Outputs, Inputs, PanelWidth, Group) = (outputs, inputs, panelWidth, group);
        _packed = new AlignedArray<byte>(outputs * inputs / 2);
        _scales = new AlignedArray<float>(outputs * inputs / Block);
        Bias = new float[outputs];
    }

    public int Outputs { get; }

    public int Inputs { get; }

    public int PanelWidth { get; }

    public int Group { get; }

    public Span<float> Scales => _scales.Span;

    public float[] Bias { get; }

    /// <summary>Takes over rows of the file's form, beginning with the output <paramref name="firstOutput"/>: blocks
    /// of 16 bytes, byte j with input j in its low and input j + 16 in its high half. Once for each row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SetRows(int firstOutput, ReadOnlySpan<byte> nibbles, ReadOnlySpan<Half> scales)
    {
        var blocks = Inputs / Block;
        var rows = scales.Length / blocks;
        for (var row = 0; row < rows; row++)
        {
            var (panel, column) = Math.DivRem(firstOutput + row, PanelWidth);
            var packed = _packed.Span.Slice(panel * PanelWidth * Inputs / 2, PanelWidth * Inputs / 2);
            for (var block = 0; block < blocks; block++)
            {
                Scales[(panel * blocks + block) * PanelWidth + column] = (float)scales[row * blocks + block];
                var source = nibbles.Slice((row * blocks + block) * Block / 2, Block / 2);
                for (var j = 0; j < source.Length; j++)
                {
                    Pack(packed, block * Block + j, column, source[j] & 15);
                    Pack(packed, block * Block + j + Block / 2, column, source[j] >> 4);
                }
            }
        }
    }

    /// <summary>Writes a panel's weights of the inputs from <paramref name="firstInput"/> on, one byte each.</summary>
    /// <param name="firstOutput">The panel's first output.</param>
    /// <param name="destination">Inputs × <see cref="PanelWidth"/> bytes; that and the bytes before the first input are
    /// multiples of 128.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Unpack(int firstOutput, int firstInput, Span<byte> destination)
    {
        ref var source = ref MemoryMarshal.GetReference(
            _packed.Span.Slice((firstOutput * Inputs + firstInput * PanelWidth) / 2, destination.Length / 2));
        ref var target = ref MemoryMarshal.GetReference(destination);
        var mask = Vector256.Create((byte)15);
        for (nuint i = 0; i < (nuint)destination.Length; i += Chunk)
        {
            var first = Vector256.LoadUnsafe(ref source, i / 2);
            var second = Vector256.LoadUnsafe(ref source, i / 2 + 32);
            (first & mask).StoreUnsafe(ref target, i);
            (second & mask).StoreUnsafe(ref target, i + 32);
            (Vector256.ShiftRightLogical(first.AsUInt16(), 4).AsByte() & mask).StoreUnsafe(ref target, i + HalfChunk);
            (Vector256.ShiftRightLogical(second.AsUInt16(), 4).AsByte() & mask).StoreUnsafe(ref target, i + HalfChunk + 32);
        }
    }

    private void Pack(Span<byte> packed, int input, int column, int value)
    {
        var position = (input / Group * PanelWidth + column) * Group + input % Group;
        packed[position / Chunk * HalfChunk + position % HalfChunk] |= (byte)(value << (position % Chunk / HalfChunk * 4));
    }
}
