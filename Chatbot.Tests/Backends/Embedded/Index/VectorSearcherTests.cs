using System.Runtime.Intrinsics.X86;
using Chatbot.Backends.Embedded.Index;
using Chatbot.Core.Chunks;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Index;

public sealed class VectorSearcherTests
{
    [Theory]
    [InlineData(1, 20, 5)]
    [InlineData(2, 8_000, 1)]
    [InlineData(3, 8_000, 100)]
    public void The_nearest_living_chunks_are_found_as_by_multiplying_out(int seed, int documents, int limit)
    {
        var random = new Random(seed);
        var snapshot = RandomIndex.Make(random, documents);
        for (var round = 0; round < 5; round++)
        {
            var question = RandomIndex.Vector(random);

            var found = VectorSearcher.Search(snapshot, question, limit);

            var right = Everything(snapshot, question).Take(limit).ToList();
            Assert.Equal(right.Select(n => (n.View, n.Document, n.Chunk)), found.Select(n => (n.View, n.Document, n.Chunk)));
            Assert.All(right.Zip(found), pair => Assert.Equal(pair.First.Cosine, pair.Second.Cosine, 1e-4f));
        }
    }

    [Fact]
    public void A_question_of_another_dimension_or_without_a_direction_finds_nothing()
    {
        var snapshot = RandomIndex.Make(new Random(1), 10);

        Assert.Empty(VectorSearcher.Search(snapshot, [], 10));
        Assert.Empty(VectorSearcher.Search(snapshot, new float[RandomIndex.Dimensions], 10));
        Assert.Empty(VectorSearcher.Search(snapshot, [1, 0], 10));
        Assert.Empty(VectorSearcher.Search(snapshot, [.. Enumerable.Repeat(float.NaN, RandomIndex.Dimensions)], 10));
    }

    [Fact]
    public void Vectors_that_all_lie_close_together_are_told_apart()
    {
        const int Wide = 384;
        var random = new Random(7);
        var cone = Near(random, new float[Wide], 1);
        using var builder = new SegmentBuilder(Wide);
        for (var document = 0; document < 3_000; document++)
        {
            var chunks = Enumerable.Range(0, 2).Select(i => new Chunk { Id = $"{document}/{i}", DocumentId = $"{document}", Version = 1, Ordinal = i, Text = "x", Url = "https://town.example/" }).ToList();
            builder.Add(Guid.CreateVersion7(), 1, chunks, [.. chunks.Select(_ => HalfVector.ToBytes(Near(random, cone, 0.4f)))]);
        }

        var set = new SegmentSet();
        set.Add(builder.Build());
        var snapshot = set.Snapshot(1);
        for (var round = 0; round < 10; round++)
        {
            var question = Near(random, cone, 0.5f);

            var found = VectorSearcher.Search(snapshot, question, 30);

            Assert.Equal(Everything(snapshot, question).Take(30).Select(n => n.Chunk), found.Select(n => n.Chunk));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(64)]
    [InlineData(384)]
    [InlineData(1000)]
    public void All_ways_to_multiply_nibbles_agree(int dimensions)
    {
        const int Rows = 23;
        var random = new Random(dimensions);
        var question = new sbyte[2 * NibbleRows.BytesOf(dimensions)];
        for (var i = 0; i < dimensions; i++) question[i] = (sbyte)(i % 7 == 0 ? -127 : random.Next(-127, 128));
        var rows = Enumerable.Range(0, NibbleRows.BytesOf(dimensions) * Rows).Select(i => (byte)(i % 11 == 0 ? 255 : random.Next(256))).ToArray();
        var (right, found) = (new int[Rows], new int[Rows]);
        NibbleProducts.MultiplyPortable(question, rows, right);

        if (Avx2.IsSupported)
        {
            NibbleProducts.MultiplyWide<NibbleProducts.Adjacent>(question, rows, found);
            Assert.Equal(right, found);
        }

        if (AvxVnni.IsSupported)
        {
            NibbleProducts.MultiplyWide<NibbleProducts.Vnni>(question, rows, found);
            Assert.Equal(right, found);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(100)]
    [InlineData(384)]
    public void Nibbles_hold_every_value_and_multiply_as_it(int dimensions)
    {
        var random = new Random(dimensions);
        var values = Enumerable.Range(0, dimensions).Select(i => (sbyte)random.Next(-NibbleRows.Largest, NibbleRows.Largest + 1)).ToArray();
        values[0] = -NibbleRows.Largest;
        values[^1] = NibbleRows.Largest;
        var (high, low) = (new byte[NibbleRows.BytesOf(dimensions)], new byte[NibbleRows.BytesOf(dimensions)]);
        var question = new sbyte[2 * high.Length];
        for (var i = 0; i < dimensions; i++) question[i] = (sbyte)random.Next(-127, 128);

        NibbleRows.Pack(values, high, low);

        var unpacked = new sbyte[2 * high.Length];
        NibbleRows.Unpack(high, low, unpacked);
        Assert.Equal(values, unpacked[..dimensions]);
        Assert.All(unpacked[dimensions..], value => Assert.Equal(0, value));
        var products = new int[2];
        NibbleProducts.Multiply(question, high, products.AsSpan(0, 1));
        NibbleProducts.Multiply(question, low, products.AsSpan(1, 1));
        var offsets = 17 * NibbleRows.Offset * question.Sum(q => q);
        Assert.Equal(values.Select((value, i) => value * question[i]).Sum(), (16 * products[0]) + products[1] - offsets);
    }

    private static float[] Near(Random random, float[] middle, float distance)
    {
        var vector = new float[middle.Length];
        for (var i = 0; i < vector.Length; i++) vector[i] = middle[i] + (distance * MathF.Sqrt(12f / vector.Length) * (random.NextSingle() - 0.5f));
        var length = MathF.Sqrt(vector.Sum(v => v * v));
        return [.. vector.Select(v => v / length)];
    }

    // From what the segments hold, 16 bits a value: the rounding is not the searcher's.
    private static List<NearChunk> Everything(IndexSnapshot snapshot, float[] question)
    {
        var near = new List<NearChunk>();
        for (var view = 0; view < snapshot.Views.Count; view++)
        {
            var (segment, live) = snapshot.Views[view];
            for (var chunk = 0; chunk < segment.Chunks; chunk++)
            {
                var document = segment.DocumentOf(chunk);
                if (live[document] && segment.Vectors.Dot(chunk, question) is { } cosine) near.Add(new NearChunk(view, document, chunk, cosine));
            }
        }

        return [.. near.OrderByDescending(n => n.Cosine).ThenBy(n => n.View).ThenBy(n => n.Chunk)];
    }
}
