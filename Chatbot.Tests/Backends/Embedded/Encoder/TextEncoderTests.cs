using Chatbot.Backends.Embedded.Encoder;
using Chatbot.Backends.Embedded.Encoder.Kernels;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Encoder;

public sealed class TextEncoderTests
{
    private const double QuantizedCosine = 0.9995;
    private const double FloatCosine = 0.99999;

    public static TheoryData<string> Paths => [.. KernelPaths.Supported.Select(path => path.ToString())];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_kernel_path_gives_the_reference_vectors(string name)
    {
        var path = Enum.Parse<KernelPath>(name);
        var encoder = Create(path);

        var vectors = encoder.Encode([.. Reference.Lines.Select(line => line.Ids)], null);

        var least = path == KernelPath.Portable ? FloatCosine : QuantizedCosine;
        for (var i = 0; i < vectors.Length; i++)
            Assert.InRange(Reference.Cosine(vectors[i], Reference.Lines[i].Vector), least, 1.000001);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_text_has_the_same_vector_alone_as_among_others(string name)
    {
        var encoder = Create(Enum.Parse<KernelPath>(name));
        var texts = Reference.Lines.Where(line => line.Ids.Length < 100).Take(24).Select(line => line.Ids).ToArray();

        var together = encoder.Encode(texts, null);

        for (var i = 0; i < texts.Length; i++)
            Assert.InRange(Reference.Cosine(together[i], encoder.Encode([texts[i]], null)[0]), 0.999999, 1.000001);
    }

    [Fact]
    public void Vectors_have_length_one()
    {
        var encoder = Create(KernelPaths.Best);

        var vector = Assert.Single(encoder.Encode([Reference.Lines[0].Ids], null));

        Assert.Equal(1, Math.Sqrt(vector.Sum(value => (double)value * value)), 1e-6);
    }

    [Fact]
    public void Work_stops_for_others_many_times_in_each_layer_and_is_not_disturbed()
    {
        var encoder = Create(KernelPaths.Best);
        var others = new Interruption(Create(KernelPaths.Best));
        var texts = Reference.Lines.OrderByDescending(line => line.Ids.Length).Take(2).ToArray();

        var vectors = encoder.Encode([.. texts.Select(line => line.Ids)], others);

        Assert.True(others.Count > 12 * 5);
        Assert.All(texts.Zip(vectors), pair => Assert.True(Reference.Cosine(pair.First.Vector, pair.Second) > QuantizedCosine));
    }

    private static TextEncoder Create(KernelPath path) =>
        TextEncoder.Create(new EncoderModel(Reference.File, LinearKernel.Create(path)), path);

    private sealed class Interruption(TextEncoder other) : IYieldPoint
    {
        public int Count { get; private set; }

        public void Yield()
        {
            if (++Count % 20 == 0)
                other.Encode([Reference.Lines[0].Ids], null);
        }
    }
}
