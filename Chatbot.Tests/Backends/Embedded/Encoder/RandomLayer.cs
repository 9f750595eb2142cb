using Chatbot.Backends.Embedded.Encoder.Kernels;

namespace Chatbot.Tests.Backends.Embedded.Encoder;

/// <summary>A linear layer of random weights in the file's form, and its product by definition.</summary>
internal sealed class RandomLayer
{
    private readonly int _outputs;
    private readonly int _inputs;
    private readonly byte[] _nibbles;
    private readonly Half[] _scales;
    private readonly float[] _bias;
    private readonly Random _random;

    public RandomLayer(int outputs, int inputs, int seed)
    {
        (_outputs, _inputs, _random) = (outputs, inputs, new Random(seed));
        _nibbles = new byte[outputs * inputs / 2];
        _random.NextBytes(_nibbles);
        _scales = [.. Enumerable.Range(0, outputs * inputs / WeightMatrix.Block).Select(_ => (Half)(0.01 * _random.NextDouble()))];
        _bias = [.. Enumerable.Range(0, outputs).Select(_ => _random.NextSingle())];
    }

    public WeightMatrix Fill(WeightMatrix matrix)
    {
        matrix.SetRows(0, _nibbles, _scales);
        _bias.CopyTo(matrix.Bias, 0);
        return matrix;
    }

    public float[] Activations(int rows) => [.. Enumerable.Range(0, rows * _inputs).Select(_ => 2 * _random.NextSingle() - 1)];

    public float Expected(float[] activations, int row, int output)
    {
        double sum = _bias[output];
        for (var input = 0; input < _inputs; input++)
        {
            var (block, j) = Math.DivRem(input, WeightMatrix.Block);
            var pair = _nibbles[(output * _inputs + block * WeightMatrix.Block) / 2 + j % 16];
            var nibble = j < 16 ? pair & 15 : pair >> 4;
            sum += (nibble - 8) * (double)_scales[output * _inputs / WeightMatrix.Block + block] * activations[row * _inputs + input];
        }

        return (float)sum;
    }
}
