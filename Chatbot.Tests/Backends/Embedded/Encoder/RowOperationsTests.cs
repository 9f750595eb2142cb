using System.Runtime.Intrinsics;
using Chatbot.Backends.Embedded.Encoder.Kernels;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Encoder;

public sealed class RowOperationsTests
{
    // Φ by a series of fifty terms would do as well; these are the function's tabulated values.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0.8413447460685429)]
    [InlineData(-1, -0.15865525393145707)]
    [InlineData(0.5, 0.34573123063700656)]
    [InlineData(2, 1.9544997361036416)]
    [InlineData(-2, -0.04550026389635842)]
    [InlineData(3, 2.9959503059110293)]
    [InlineData(10, 10)]
    [InlineData(-10, 0)]
    public void Gelu_uses_the_error_function_itself(double x, double expected)
    {
        var portable = Enumerable.Repeat((float)x, 64).ToArray();
        var wide = portable.ToArray();

        RowOperations<PortableLanes>.Gelu(portable);
        RowOperations<WideLanes>.Gelu(wide);

        Assert.All(portable.Concat(wide), value => Assert.Equal(expected, value, 2e-6));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(37)]
    [InlineData(512)]
    public void Exponentials_are_relative_to_the_largest_and_summed(int length)
    {
        var random = new Random(length);
        var values = Enumerable.Range(0, length).Select(_ => 200 * random.NextSingle() - 100).ToArray();
        var max = values.Max();
        var expected = values.Select(value => Math.Exp(0.5 * (value - (double)max))).ToArray();
        Array.Resize(ref values, length + 16);
        var wide = values.ToArray();

        var sum = RowOperations<PortableLanes>.Exponentials(values, length, 0.5f);
        var wideSum = RowOperations<WideLanes>.Exponentials(wide, length, 0.5f);

        Assert.Equal(expected.Sum(), sum, 1e-5 * expected.Sum());
        Assert.Equal(expected.Sum(), wideSum, 1e-5 * expected.Sum());
        for (var i = 0; i < length; i++)
        {
            Assert.Equal(expected[i], values[i], 2e-6);
            Assert.Equal(expected[i], wide[i], 2e-6);
        }
    }

    [Fact]
    public void A_normalised_row_has_the_mean_and_deviation_of_its_weights()
    {
        var random = new Random(3);
        var values = Enumerable.Range(0, 384).Select(_ => random.NextSingle() * 9 + 4).ToArray();
        var addend = Enumerable.Range(0, 384).Select(_ => random.NextSingle()).ToArray();
        var sums = values.Zip(addend, (one, other) => (double)one + other).ToArray();
        var mean = sums.Average();
        var deviation = Math.Sqrt(sums.Average(value => (value - mean) * (value - mean)));

        RowOperations<WideLanes>.AddAndNormalize(
            values, addend, Enumerable.Repeat(2f, 384).ToArray(), Enumerable.Repeat(0.5f, 384).ToArray());

        Assert.All(sums.Zip(values), pair => Assert.Equal((pair.First - mean) / deviation * 2 + 0.5, pair.Second, 1e-4));
    }

    [Fact]
    public void Attention_of_both_widths_agrees_for_all_lengths()
    {
        Assert.SkipUnless(Vector512.IsHardwareAccelerated, "The machine has no vectors of 512 bits.");
        var random = new Random(9);
        var projections = Enumerable.Range(0, 540 * 3 * 384).Select(_ => 2 * random.NextSingle() - 1).ToArray();
        foreach (var tokens in new[] { 2, 5, 24, 25, 100, 512 })
        {
            var portable = new float[tokens * 384];
            var wide = new float[tokens * 384];

            new Attention<PortableLanes>(512).Attend(projections, tokens, 384, portable);
            new Attention<WideLanes>(512).Attend(projections, tokens, 384, wide);

            Assert.All(portable.Zip(wide), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        }
    }
}
