namespace Chatbot.Backends.Embedded.Index;

/// <summary>Which segments to merge: always the newest ones, as neighbours, so that newer keeps hiding older.</summary>
internal static class MergePlan
{
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

    /// <summary>The newest segments in memory that are of like size; fewer than two: nothing to do.</summary>
    /// <param name="busy">Being written to a file just now: left alone.</param>
    public static IReadOnlyList<SegmentView> OfMemory(IReadOnlyList<SegmentView> views, IReadOnlyList<IndexSegment> busy, int ratio)
    {
        var from = views.Count;
        long behind = 0;
        while (from > 0 && views[from - 1].Segment.Path is null && !busy.Contains(views[from - 1].Segment) && (behind == 0 || views[from - 1].Segment.Chunks < ratio * behind)) behind += Math.Max(1, views[--from].Segment.Chunks);
        return views.Count - from >= 4 ? views.Skip(from).ToList() : [];
    }

    private static double DeadShare(SegmentView view)
    {
        var first = view.Segment.FirstChunks;
        var dead = 0;
        for (var document = 0; document < view.Live.Length; document++)
        {
            if (!view.Live[document]) dead += first[document + 1] - first[document];
        }

        return view.Segment.Chunks == 0 ? 1 : (double)dead / view.Segment.Chunks;
    }
}
