namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// The segments of a knowledge base and which one each document is found in. Hands out snapshots. Not safe for concurrent
/// use: whoever changes it holds the gate of the knowledge base. No change takes longer than its own documents need.
/// </summary>
internal sealed class SegmentSet
{
    private readonly List<SegmentView> _views = [];

    public IReadOnlyList<SegmentView> Views => _views;

    /// <summary>Adds what is newer than everything here.</summary>
    public void Add(IndexSegment segment)
    {
        // Snapshots share what is alive with us: the first change since then makes a copy.
        var copied = new HashSet<int>();
        foreach (var id in segment.DocumentIds)
        {
            if (PlaceOf(id) is not var (place, document)) continue;
            if (copied.Add(place)) _views[place] = _views[place].Copy();
            _views[place].Bury(document);
        }

        GC.KeepAlive(segment);
        _views.Add(SegmentView.Of(segment));
    }

    /// <summary>Puts one segment in the place of the neighbours it was merged from; what changed meanwhile stays changed.</summary>
    /// <param name="merged">As they were when the merge began.</param>
    /// <param name="by">Not yet in any snapshot.</param>
    /// <returns>False when they are no longer here; then nothing changes.</returns>
    public bool Replace(IReadOnlyList<SegmentView> merged, SegmentView by)
    {
        var first = _views.FindIndex(v => v.Segment == merged[0].Segment);
        if (first < 0 || first + merged.Count > _views.Count) return false;
        for (var i = 0; i < merged.Count; i++)
        {
            if (_views[first + i].Segment != merged[i].Segment) return false;
        }

        for (var i = 0; i < merged.Count; i++)
        {
            foreach (var document in _views[first + i].Live.BuriedSince(merged[i].Live))
            {
                // A deletion may have fallen away in the merge.
                if (by.Segment.FindDocument(merged[i].Segment.DocumentIds[document]) is >= 0 and var at) by.Bury(at);
            }
        }

        _views.RemoveRange(first, merged.Count);
        _views.Insert(first, by);
        return true;
    }

    /// <summary>Where the version of a document that searches find is; null when there is none.</summary>
    public (IndexSegment Segment, int Document)? Find(Guid document) => PlaceOf(document) is var (place, at) ? (_views[place].Segment, at) : null;

    public IndexSnapshot Snapshot(long generation) => IndexSnapshot.Of([.. _views], generation);

    private (int Place, int Document)? PlaceOf(Guid id)
    {
        for (var place = _views.Count - 1; place >= 0; place--)
        {
            var document = _views[place].Segment.FindDocument(id);
            if (document >= 0 && _views[place].Live[document]) return (place, document);
        }

        return null;
    }
}
