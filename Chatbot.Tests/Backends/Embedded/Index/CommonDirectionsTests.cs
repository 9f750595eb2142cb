using System.Numerics.Tensors;
using Chatbot.Backends.Embedded.Index;
using Chatbot.Core.Chunks;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Index;

public sealed class CommonDirectionsTests
{
    private const int Dimensions = 64;

    [Fact]
    public void What_a_text_says_beyond_all_others_counts_and_not_what_all_of_them_say()
    {
        var random = new Random(3);
        var (site, kind, topic) = (Direction(random), Direction(random), Direction(random));
        // All texts are of one site, half of them of one kind; one is about the topic, one is the site's most ordinary page.
        var vectors = Enumerable.Range(0, 200).Select(i => Sum((4, site), (i % 2 == 0 ? 1 : -1, kind), (0.7f, Direction(random)))).ToList();
        vectors[11] = Sum((4, site), (-1, kind), (0.7f, topic));
        vectors[12] = Sum((4, site), (1, kind));
        var snapshot = Make(vectors, documentsOf: 1);

        var question = CommonDirections.Of(snapshot, Dimensions)!.Of(Sum((4, site), (1, kind), (0.3f, topic)))!;

        Assert.InRange(question.Cosine(vectors[11]), 0.7, 1);
        Assert.InRange(question.Cosine(vectors[12]), -0.5, 0.5);
        Assert.All(vectors.Where((_, i) => i != 11), vector => Assert.True(question.Cosine(vector) < 0.6));
    }

    [Fact]
    public void They_are_the_same_however_the_chunks_lie_in_segments()
    {
        var random = new Random(4);
        var vectors = Enumerable.Range(0, 3_000).Select(_ => Direction(random)).ToList();
        var question = Direction(random);

        var one = CommonDirections.Of(Make(vectors, documentsOf: 5, segments: 1), Dimensions)!.Of(question)!;
        var other = CommonDirections.Of(Make(vectors, documentsOf: 5, segments: 7), Dimensions)!.Of(question)!;

        Assert.All(vectors.Take(50), vector => Assert.Equal(one.Cosine(vector), other.Cosine(vector), 1e-4));
    }

    [Fact]
    public void How_near_all_texts_are_to_a_question_is_told_by_mean_and_deviation()
    {
        var random = new Random(9);
        var vectors = Enumerable.Range(0, 300).Select(_ => Direction(random)).ToList();
        var question = Direction(random);
        var cosines = vectors.ConvertAll(vector => (double)TensorPrimitives.Dot<float>(vector, question));

        var spread = CommonDirections.Of(Make(vectors, documentsOf: 1), Dimensions)!.SpreadTo(question)!.Value;

        Assert.Equal(cosines.Average(), spread.Mean, 1e-3);
        Assert.Equal(Math.Sqrt(cosines.Average(c => (c - cosines.Average()) * (c - cosines.Average()))), spread.Deviation, 1e-3);
    }

    [Fact]
    public void A_few_vectors_have_nothing_in_common_that_could_be_known()
    {
        var random = new Random(5);
        var few = Make([.. Enumerable.Range(0, 15).Select(_ => Direction(random))], documentsOf: 1);

        Assert.Null(CommonDirections.Of(few, Dimensions));
        Assert.Null(CommonDirections.Of(IndexSnapshot.Empty, Dimensions));
    }

    [Fact]
    public void Equal_vectors_leave_nothing()
    {
        var random = new Random(6);
        var only = Direction(random);
        var common = CommonDirections.Of(Make([.. Enumerable.Repeat(only, 100)], documentsOf: 1), Dimensions)!;

        var question = common.Of(Direction(random))!;

        Assert.InRange(question.Cosine(only), -1, 1);
        Assert.Null(common.Of([1, 0]));
        Assert.Null(common.SpreadTo([1, 0]));
    }

    [Fact]
    public void They_are_kept_until_the_index_is_another_one()
    {
        var random = new Random(8);
        var vectors = Enumerable.Range(0, 120).Select(_ => Direction(random)).ToList();
        var cache = new CommonDirectionsCache();
        var first = cache.Of(Make([.. vectors.Take(100)], documentsOf: 1), 1, Dimensions);

        Assert.Same(first, cache.Of(Make([.. vectors.Take(105)], documentsOf: 1), 1, Dimensions));
        Assert.NotSame(first, cache.Of(Make(vectors, documentsOf: 1), 1, Dimensions));
    }

    // Ids follow from the number of the document: the same documents whatever segments they lie in.
    private static IndexSnapshot Make(IReadOnlyList<float[]> vectors, int documentsOf, int segments = 1)
    {
        var set = new SegmentSet();
        var documents = vectors.Chunk(documentsOf).Select((chunks, i) => (Id: new Guid(i, 1, 2, [3, 4, 5, 6, 7, 8, (byte)i, (byte)(i >> 8)]), Vectors: chunks)).ToList();
        foreach (var part in documents.Chunk((documents.Count + segments - 1) / segments))
        {
            using var builder = new SegmentBuilder(Dimensions);
            foreach (var (id, own) in part)
            {
                var chunks = own.Select((_, i) => new Chunk { Id = $"{id}/{i}", DocumentId = $"{id}", Version = 1, Ordinal = i, Text = "x", Url = "https://town.example/" }).ToList();
                builder.Add(id, 1, chunks, [.. own.Select(vector => HalfVector.ToBytes(vector))]);
            }

            set.Add(builder.Build());
        }

        return set.Snapshot(1);
    }

    private static float[] Direction(Random random) => Sum((1, [.. Enumerable.Range(0, Dimensions).Select(_ => (float)(random.NextDouble() - 0.5))]));

    /// <summary>A weighted sum, brought to length 1.</summary>
    private static float[] Sum(params (float Weight, float[] Vector)[] parts)
    {
        var sum = new float[Dimensions];
        foreach (var (weight, vector) in parts) TensorPrimitives.MultiplyAdd<float>(vector, weight, sum, sum);
        TensorPrimitives.Divide(sum, TensorPrimitives.Norm<float>(sum), sum);
        return sum;
    }
}
