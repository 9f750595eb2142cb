using Chatbot.Backends.Embedded.Index;
using Chatbot.Core.Chunks;

namespace Chatbot.Tests.Backends.Embedded.Index;

/// <summary>Segments over random texts of few words, some very common, with documents replaced and deleted later.</summary>
internal static class RandomIndex
{
    public const int Dimensions = 40;

    /// <param name="documents">Of the first segment; the later ones are smaller.</param>
    public static IndexSnapshot Make(Random random, int documents)
    {
        var set = new SegmentSet();
        var ids = Enumerable.Range(0, documents).Select(_ => Guid.CreateVersion7()).ToList();
        for (var segment = 0; segment < 3; segment++)
        {
            using var builder = new SegmentBuilder(Dimensions);
            foreach (var id in segment == 0 ? ids : ids.Where(_ => random.Next(4) == 0).ToList())
            {
                var chunks = Enumerable.Range(0, segment > 0 && random.Next(3) == 0 ? 0 : random.Next(1, 5)).Select(i => Chunk(random, id, i)).ToList();
                builder.Add(id, segment + 1, chunks, [.. chunks.Select(_ => random.Next(5) == 0 ? null : HalfVector.ToBytes(Vector(random)))]);
            }

            set.Add(builder.Build());
        }

        return set.Snapshot(1);
    }

    public static string Word(Random random)
    {
        // Square of a uniform number: the first words are in most chunks, the last ones in few.
        var rank = (int)(random.NextDouble() * random.NextDouble() * 40);
        return $"w{(char)('a' + (rank / 26))}{(char)('a' + (rank % 26))}";
    }

    public static float[] Vector(Random random)
    {
        var vector = Enumerable.Range(0, Dimensions).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();
        var length = MathF.Sqrt(vector.Sum(v => v * v));
        return [.. vector.Select(v => v / length)];
    }

    private static Chunk Chunk(Random random, Guid document, int ordinal) => new()
    {
        Id = $"{document}/{ordinal}",
        DocumentId = document.ToString(),
        Version = 1,
        Ordinal = ordinal,
        Text = string.Join(' ', Enumerable.Range(0, random.Next(1, random.Next(2, 60))).Select(_ => Word(random))),
        HeadingPath = random.Next(3) == 0 ? [Word(random)] : [],
        Title = random.Next(3) == 0 ? Word(random) : null,
        Url = "https://town.example/",
    };
}
