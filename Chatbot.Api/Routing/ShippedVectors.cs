using System.Buffers.Binary;
using System.Text;
using Chatbot.Backends.Embedded.Encoder;
using Chatbot.Core;

namespace Chatbot.Api.Routing;

/// <summary>
/// The vectors of the shipped examples by the shipped model, made beforehand (<c>examples.vectors</c>): a process that
/// answers one question, as <c>chatbot ask</c> is, need not make 200 of them. A hash of the texts, then for each vector
/// half-precision numbers. Pure.
/// </summary>
internal static class ShippedVectors
{
    private const string File = "examples.vectors";

    /// <returns>In the order of the texts; null when the file is of other texts: then they are made when they are needed.</returns>
    public static IReadOnlyList<ReadOnlyMemory<float>>? Read(IReadOnlyList<RoutedText> texts)
    {
        using var file = typeof(ShippedVectors).Assembly.GetManifestResourceStream(File);
        if (file is null) return null;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var hash = HashOf(texts);
        var size = LocalEmbeddingGenerator.Dimensions * 2;
        if (bytes.Length != hash.Length + (texts.Count * size) || !bytes.AsSpan(0, hash.Length).SequenceEqual(hash)) return null;
        var vectors = new ReadOnlyMemory<float>[texts.Count];
        for (var i = 0; i < vectors.Length; i++)
        {
            var vector = new float[LocalEmbeddingGenerator.Dimensions];
            for (var k = 0; k < vector.Length; k++)
                vector[k] = (float)BinaryPrimitives.ReadHalfLittleEndian(bytes.AsSpan(hash.Length + (i * size) + (k * 2)));
            vectors[i] = vector;
        }

        return vectors;
    }

    /// <summary>What <see cref="Read"/> reads.</summary>
    /// <param name="vectors">By <see cref="LocalEmbeddingGenerator"/>, in the order of the texts.</param>
    public static byte[] Write(IReadOnlyList<RoutedText> texts, IReadOnlyList<ReadOnlyMemory<float>> vectors)
    {
        using var bytes = new MemoryStream();
        bytes.Write(HashOf(texts));
        Span<byte> half = stackalloc byte[2];
        foreach (var vector in vectors)
        {
            foreach (var number in vector.Span)
            {
                BinaryPrimitives.WriteHalfLittleEndian(half, (Half)number);
                bytes.Write(half);
            }
        }

        return bytes.ToArray();
    }

    private static byte[] HashOf(IReadOnlyList<RoutedText> texts) =>
        Encoding.ASCII.GetBytes(Ids.Hash(string.Join('\n', texts.Select(text => text.Text).Prepend(LocalEmbeddingGenerator.ModelId))));
}
