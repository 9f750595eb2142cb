using Chatbot.Backends.Embedded.Index;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Index;

public sealed class PostingCursorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(256)]
    [InlineData(5_000)]
    public void Seeking_and_walking_meet_what_reading_all_meets(int postings)
    {
        var random = new Random(postings);
        var (segment, chunks) = Make(random, postings);
        for (var round = 0; round < 50; round++)
        {
            var cursor = new PostingCursor(segment, 0);
            for (var target = 0; cursor.Chunk != PostingCursor.End; target += random.Next(1, 1 + (round * 40)))
            {
                var right = chunks.Where(c => c.Chunk >= target).Select(c => c.Chunk).DefaultIfEmpty(PostingCursor.End).First();
                if (cursor.Chunk < target) Assert.Equal(right, cursor.Seek(target));
                if (cursor.Chunk == PostingCursor.End) break;
                Assert.Equal(chunks.First(c => c.Chunk == cursor.Chunk).Counts, cursor.Counts);
                if (random.Next(2) == 0) Assert.Equal(chunks.Where(c => c.Chunk > cursor.Chunk).Select(c => c.Chunk).DefaultIfEmpty(PostingCursor.End).First(), cursor.Next());
            }
        }
    }

    private static (IndexSegment Segment, List<(int Chunk, TermCounts Counts)> Postings) Make(Random random, int count)
    {
        using var writer = new SegmentWriter();
        writer.BeginDocument(Guid.CreateVersion7(), 1);
        var postings = new List<(int Chunk, TermCounts Counts)>();
        for (var chunk = 0; postings.Count < count; chunk++)
        {
            writer.AddChunk(random.Next(1, 200), 0);
            if (random.Next(4) == 0) postings.Add((chunk, TermCounts.Of(random.Next(1, 9), random.Next(3), random.Next(3))));
        }

        writer.BeginTerm("term"u8);
        foreach (var (chunk, counts) in postings) writer.AddPosting(chunk, counts);
        return (new IndexSegment(writer.ToBytes(), new MemoryVectors(writer.Chunks, 1)), postings);
    }
}
