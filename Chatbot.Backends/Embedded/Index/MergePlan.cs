namespace Chatbot.Backends.Embedded.Index;

/// <summary>Which segments to merge: always the newest ones, as neighbours, so that newer keeps hiding older.</summary>
internal static class MergePlan
{
    private const int Fewest = 4;

    /// <summary>Everything in memory, the files whose size is no longer large beside what follows them, and all from the first one on that is mostly dead.</summary>
    public static IReadOnlyList<SegmentView> Of(IReadOnlyList<SegmentView> views, int ratio)
    {
        var from = views.Count;
        long behind = 0;
        while (from > 0 && (views[from - 1].Segment.Path is null || views[from - 1].Segment.Chunks < ratio * behind)) behind += views[--from].Segment.Chunks;
        for (var i = 0; i < from; i++)
        {
            if (DeadShare(views[i]) > 0.3) from = i;
        }

        return views.Skip(from).ToList();
    }

    /// <summary>The newest segments in memory that are of like size; none when they are too few to be worth it.</summary>
    /// <param name="busy">Being merged just now: left alone.</param>
    public static IReadOnlyList<SegmentView> OfMemory(IReadOnlyList<SegmentView> views, IReadOnlySet<IndexSegment> busy, int ratio)
    {
        var from = views.Count;
        long behind = 0;
        while (from > 0 && views[from - 1].Segment.Path is null && !busy.Contains(views[from - 1].Segment) && (behind == 0 || views[from - 1].Segment.Chunks < ratio * behind))
            behind += Math.Max(1, views[--from].Segment.Chunks);
        return views.Count - from >= Fewest ? views.Skip(from).ToList() : [];
    }

    private static double DeadShare(SegmentView view) =>
        view.Segment.Chunks == 0 ? 1 : 1 - ((double)view.Totals.Chunks / view.Segment.Chunks);
}
