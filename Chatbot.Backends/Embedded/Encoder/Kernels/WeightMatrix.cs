using System.Runtime.CompilerServices;

namespace Chatbot.Backends.Embedded.Encoder.Kernels;

/// <summary>
/// Weights of a linear layer, one byte each (0 to 15; weight = (byte − 8) × scale), in the order the kernel reads
/// them: [panel of outputs][inputs / group][output][group], and the scales as [panel][block of 32 inputs][output].
/// One byte a weight instead of a half costs 10 MB more in all and saves two instructions for each vector.
/// </summary>
internal sealed class WeightMatrix
{
    /// <summary>Inputs that share a scale.</summary>
    public const int Block = 32;

    private readonly AlignedArray<byte> _weights;
    private readonly AlignedArray<float> _scales;

    public WeightMatrix(int outputs, int inputs, int panelWidth, int group)
    {
        if (outputs % panelWidth != 0 || inputs % Block != 0)
            throw new ArgumentException("Outputs come in whole panels, inputs in whole blocks.");
        (Outputs, Inputs, PanelWidth, Group) = (outputs, inputs, panelWidth, group);
        _weights = new AlignedArray<byte>(outputs * inputs);
        _scales = new AlignedArray<float>(outputs * inputs / Block);
        Bias = new float[outputs];
    }

    public int Outputs { get; }

    public int Inputs { get; }

    public int PanelWidth { get; }

    public int Group { get; }

    public Span<byte> Weights => _weights.Span;

    public Span<float> Scales => _scales.Span;

    public float[] Bias { get; }

    /// <summary>Takes over rows of the file's form, beginning with the output <paramref name="firstOutput"/>: blocks
    /// of 16 bytes, byte j with input j in its low and input j + 16 in its high half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SetRows(int firstOutput, ReadOnlySpan<byte> nibbles, ReadOnlySpan<Half> scales)
    {
        var blocks = Inputs / Block;
        var rows = scales.Length / blocks;
        for (var row = 0; row < rows; row++)
        {
            var (panel, column) = Math.DivRem(firstOutput + row, PanelWidth);
            var weights = Weights.Slice(panel * PanelWidth * Inputs, PanelWidth * Inputs);
            for (var block = 0; block < blocks; block++)
            {
                Scales[(panel * blocks + block) * PanelWidth + column] = (float)scales[row * blocks + block];
                var source = nibbles.Slice((row * blocks + block) * Block / 2, Block / 2);
                for (var j = 0; j < source.Length; j++)
                {
                    weights[Position(block * Block + j, column)] = (byte)(source[j] & 15);
                    weights[Position(block * Block + j + Block / 2, column)] = (byte)(source[j] >> 4);
                }
            }
        }
    }

    private int Position(int input, int column) => (input / Group * PanelWidth + column) * Group + input % Group;
}
