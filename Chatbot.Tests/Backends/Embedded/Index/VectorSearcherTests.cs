using System.Runtime.Intrinsics.X86;
using Chatbot.Backends.Embedded.Index;
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

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(64)]
    [InlineData(384)]
    [InlineData(1000)]
    public void All_ways_to_multiply_bytes_agree(int dimensions)
    {
        var random = new Random(dimensions);
        var question = Enumerable.Range(0, dimensions).Select(i => (sbyte)(i % 7 == 0 ? -127 : random.Next(-127, 128))).ToArray();
        var rows = Enumerable.Range(0, dimensions * 20).Select(i => (byte)(i % 11 == 0 ? 255 : random.Next(256))).ToArray();
        var (right, found) = (new int[20], new int[20]);
        ByteProducts.MultiplyPortable(question, rows, right);

        if (Avx2.IsSupported)
        {
            ByteProducts.MultiplyAvx2(question, rows, found);
            Assert.Equal(right, found);
        }

        if (AvxVnni.IsSupported)
        {
            ByteProducts.MultiplyVnni(question, rows, found);
            Assert.Equal(right, found);
        }
    }

    // From what the segments hold, 16 bits a value: the rounding is not the searcher's.
    private static List<NearChunk> Everything(IndexSnapshot snapshot, float[] question)
    {
        var near = new List<NearChunk>();
        var work = new byte[2 * question.Length];
        for (var view = 0; view < snapshot.Views.Count; view++)
        {
            var (segment, live) = snapshot.Views[view];
            for (var chunk = 0; chunk < segment.Chunks; chunk++)
            {
                var document = segment.DocumentOf(chunk);
                if (live[document] && segment.Vectors.Dot(chunk, question, work) is { } cosine) near.Add(new NearChunk(view, document, chunk, cosine));
            }
        }

        return [.. near.OrderByDescending(n => n.Cosine).ThenBy(n => n.View).ThenBy(n => n.Chunk)];
    }
}
