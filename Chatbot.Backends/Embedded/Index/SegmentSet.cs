namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// The segments of a knowledge base and which one each document is found in. Hands out snapshots. Not safe for concurrent
/// use: whoever changes it holds the gate of the knowledge base.
/// </summary>
internal sealed class SegmentSet
{
    private readonly List<SegmentView> _views = [];
    private readonly Dictionary<Guid, (IndexSegment Segment, int Document)> _current = [];

    public IReadOnlyList<SegmentView> Views => _views;

    /// <summary>Adds what is newer than everything here.</summary>
    public void Add(IndexSegment segment)
    {
        var copied = new HashSet<IndexSegment>();
        var ids = segment.DocumentIds;
        for (var document = 0; document < ids.Length; document++)
        {
            if (_current.TryGetValue(ids[document], out var old)) Bury(old.Segment, old.Document, copied);
            _current[ids[document]] = (segment, document);
        }

        _views.Add(new SegmentView(segment, AllLive(segment)));
    }

    /// <summary>Puts one segment in the place of the neighbours it was merged from; what changed meanwhile stays changed.</summary>
    public void Replace(IReadOnlyList<IndexSegment> merged, IndexSegment by)
    {
        var gone = merged.ToHashSet();
        var live = AllLive(by);
        var ids = by.DocumentIds;
        for (var document = 0; document < ids.Length; document++)
        {
            if (_current.TryGetValue(ids[document], out var at) && gone.Contains(at.Segment)) _current[ids[document]] = (by, document);
            else live[document] = false;
        }

        var place = _views.FindIndex(v => gone.Contains(v.Segment));
        _views.RemoveAll(v => gone.Contains(v.Segment));
        _views.Insert(place, new SegmentView(by, live));

        // Deletions that were merged away hide nothing any more.
        foreach (var id in merged.SelectMany(segment => segment.DocumentIds.ToArray()))
        {
            if (_current.TryGetValue(id, out var at) && gone.Contains(at.Segment)) _current.Remove(id);
        }
    }

    /// <summary>Where the version of a document that searches find is; null when there is none.</summary>
    public (IndexSegment Segment, int Document)? Find(Guid document) => _current.TryGetValue(document, out var at) ? at : null;

    public IndexSnapshot Snapshot(long generation) => IndexSnapshot.Of([.. _views], generation);

    private void Bury(IndexSegment segment, int document, HashSet<IndexSegment> copied)
    {
        var place = _views.FindIndex(v => v.Segment == segment);
        if (place < 0) return;
        // Snapshots share the array with us: the first change since then makes a copy.
        if (copied.Add(segment)) _views[place] = new SegmentView(segment, (bool[])_views[place].Live.Clone()) { Totals = _views[place].Totals.Clone() };
        _views[place].Live[document] = false;
        _views[place].Totals.Remove(segment, document);
    }

    private static bool[] AllLive(IndexSegment segment)
    {
        var live = new bool[segment.Documents];
        Array.Fill(live, true);
        return live;
    }
}
