using Chatbot.Backends.Embedded.Encoder.Kernels;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Encoder;

public sealed class KernelTests
{
    private const int Outputs = 96;

    public static TheoryData<string, int, int> Products
    {
        get
        {
            var data = new TheoryData<string, int, int>();
            foreach (var path in KernelPaths.Supported)
            {
                foreach (var rows in new[] { 1, 4, 11, 12, 13, 96 })
                {
                    data.Add(path.ToString(), rows, 384);
                    data.Add(path.ToString(), rows, 1536);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Products))]
    public void Every_kernel_multiplies_as_the_definition_says(string name, int rows, int inputs)
    {
        var path = Enum.Parse<KernelPath>(name);
        var kernel = LinearKernel.Create(path);
        var layer = new RandomLayer(Outputs, inputs, seed: rows);
        var matrix = layer.Fill(kernel.CreateMatrix(Outputs, inputs));
        var padded = LinearKernel.Pad(rows);
        var source = layer.Activations(padded);
        var destination = new float[padded * Outputs];

        kernel.Multiply(source, rows, matrix, destination, new LinearScratch(padded));

        // Rounding of activations to 8 bits: at most 1/254 of a block's largest, mostly cancelling out.
        var tolerance = path == KernelPath.Portable ? 2e-4 : 0.05;
        for (var row = 0; row < rows; row++)
        {
            for (var output = 0; output < Outputs; output++)
                Assert.Equal(layer.Expected(source, row, output), destination[row * Outputs + output], tolerance);
        }
    }

    [Fact]
    public void Extreme_weights_and_activations_do_not_overflow()
    {
        foreach (var path in KernelPaths.Supported)
        {
            foreach (var (nibble, sign) in new[] { (15, 1), (15, -1), (0, 1), (0, -1) })
            {
                var kernel = LinearKernel.Create(path);
                var matrix = kernel.CreateMatrix(Outputs, 384);
                matrix.SetRows(0, Filled(Outputs * 384 / 2, (byte)(nibble << 4 | nibble)), Filled(Outputs * 384 / WeightMatrix.Block, (Half)1));
                var source = new float[12 * 384];
                source.AsSpan().Fill(sign * 127);
                var destination = new float[12 * Outputs];

                kernel.Multiply(source, 12, matrix, destination, new LinearScratch(12));

                Assert.All(destination, value => Assert.Equal(384 * 127 * sign * (nibble - 8), value));
            }
        }
    }

    [Fact]
    public void Two_layers_at_once_give_what_they_give_one_after_the_other()
    {
        foreach (var path in KernelPaths.Supported)
        {
            foreach (var rows in new[] { 1, 13, 96 })
            {
                var kernel = LinearKernel.Create(path);
                var (one, other) = (new RandomLayer(1536, 384, seed: rows), new RandomLayer(384, 1536, seed: rows + 1));
                var (first, second) = (one.Fill(kernel.CreateMatrix(1536, 384)), other.Fill(kernel.CreateMatrix(384, 1536)));
                var padded = LinearKernel.Pad(rows);
                var source = one.Activations(padded);
                var (between, expected, actual) = (new float[padded * 1536], new float[padded * 384], new float[padded * 384]);
                kernel.Multiply(source, rows, first, between, new LinearScratch(padded));
                RowOperations<PortableLanes>.Gelu(between);
                kernel.Multiply(between, rows, second, expected, new LinearScratch(padded));

                kernel.FeedForward(source, rows, first, second, actual, new LinearScratch(padded));

                for (var i = 0; i < rows * 384; i++)
                    Assert.Equal(expected[i], actual[i], 0.01);
            }
        }
    }

    [Fact]
    public void Rows_of_zeros_give_the_bias()
    {
        foreach (var path in KernelPaths.Supported)
        {
            var kernel = LinearKernel.Create(path);
            var layer = new RandomLayer(Outputs, 384, seed: 5);
            var matrix = layer.Fill(kernel.CreateMatrix(Outputs, 384));
            var destination = new float[12 * Outputs];

            kernel.Multiply(new float[12 * 384], 12, matrix, destination, new LinearScratch(12));

            Assert.Equal(matrix.Bias, destination[..Outputs]);
        }
    }

    private static T[] Filled<T>(int count, T value)
    {
        var values = new T[count];
        values.AsSpan().Fill(value);
        return values;
    }
}
