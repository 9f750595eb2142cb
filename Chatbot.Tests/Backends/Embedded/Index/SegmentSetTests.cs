using Chatbot.Backends.Embedded.Index;
using Chatbot.Core.Chunks;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Index;

public sealed class SegmentSetTests
{
    private readonly Guid[] ids = [.. Enumerable.Range(0, 6).Select(_ => Guid.CreateVersion7())];

    [Fact]
    public void What_changes_during_a_merge_stays_changed_afterwards()
    {
        var set = new SegmentSet();
        set.Add(Segment(1, (ids[0], 1), (ids[1], 1)));
        set.Add(Segment(2, (ids[2], 1), (ids[3], 1)));
        set.Add(Segment(3, (ids[0], 1), (ids[4], 2)));
        var before = set.Snapshot(3);
        var plan = set.Views.Skip(1).ToList();

        var merged = Merge(plan, keepDeletions: true);
        set.Add(Segment(4, (ids[2], 1), (ids[4], 0)));
        var replaced = set.Replace(plan, SegmentView.Of(merged));
        var after = set.Snapshot(4);

        Assert.True(replaced);
        Assert.Equal([(ids[0], 3), (ids[1], 1), (ids[2], 2), (ids[3], 2), (ids[4], 3)], Found(before));
        Assert.Equal([(ids[0], 3), (ids[1], 1), (ids[2], 4), (ids[3], 2), (ids[4], 4)], Found(after));
        Assert.Equal(4, after.Documents);
        Assert.Equal(4, after.Chunks);
    }

    [Fact]
    public void A_deletion_hides_older_versions_after_a_merge_and_falls_away_when_there_are_none()
    {
        var set = new SegmentSet();
        set.Add(Segment(1, (ids[0], 1), (ids[1], 1)));
        set.Add(Segment(2, (ids[2], 1)));
        set.Add(Segment(3, (ids[0], 0)));
        var newer = set.Views.Skip(1).ToList();

        set.Replace(newer, SegmentView.Of(Merge(newer, keepDeletions: true)));
        var hidden = set.Snapshot(3);
        var all = set.Views.ToList();
        set.Replace(all, SegmentView.Of(Merge(all, keepDeletions: false)));
        set.Add(Segment(4, (ids[0], 1)));

        Assert.Equal(2, hidden.Documents);
        Assert.Equal([(ids[0], 4), (ids[1], 1), (ids[2], 2)], Found(set.Snapshot(4)));
        Assert.Equal(2, set.Views[0].Segment.Documents);
    }

    [Fact]
    public void A_merge_of_segments_that_are_no_longer_there_changes_nothing()
    {
        var set = new SegmentSet();
        set.Add(Segment(1, (ids[0], 1)));
        var gone = new SegmentSet();
        gone.Add(Segment(1, (ids[0], 1)));
        gone.Add(Segment(2, (ids[1], 1)));
        var plan = gone.Views.ToList();

        Assert.False(set.Replace(plan, SegmentView.Of(Merge(plan, keepDeletions: true))));
        Assert.Equal([(ids[0], 1)], Found(set.Snapshot(1)));
    }

    private static IndexSegment Merge(List<SegmentView> plan, bool keepDeletions) =>
        new SegmentMerger(plan, null, CancellationToken.None).Merge(keepDeletions, chunks => new MemoryVectors(chunks, 1));

    // Which version of each document searches find; each in one place only.
    private List<(Guid Id, int Version)> Found(IndexSnapshot snapshot)
    {
        var found = new List<(Guid, int)>();
        foreach (var (segment, live) in snapshot.Views)
        {
            for (var document = 0; document < segment.Documents; document++)
            {
                if (live[document]) found.Add((segment.DocumentIds[document], (int)segment.Versions[document]));
            }
        }

        return [.. found.OrderBy(f => Array.IndexOf(ids, f.Item1))];
    }

    private static IndexSegment Segment(int version, params (Guid Id, int Chunks)[] documents)
    {
        using var builder = new SegmentBuilder(1);
        foreach (var (id, count) in documents)
        {
            var chunks = Enumerable.Range(0, count).Select(i => new Chunk
            {
                Id = $"{id}/{i}", DocumentId = id.ToString(), Version = version, Ordinal = i, Text = "Words of it.", Url = "https://town.example/",
            }).ToList();
            builder.Add(id, version, chunks, new byte[]?[count]);
        }

        return builder.Build();
    }
}
