namespace Chatbot.Backends.Embedded.Index;

/// <summary>A segment with what of it is still alive.</summary>
/// <param name="Live">For each document, whether searches find it.</param>
/// <param name="Totals">What lives, counted.</param>
internal sealed record SegmentView(IndexSegment Segment, LiveDocuments Live, LiveTotals Totals)
{
    /// <summary>All of it alive.</summary>
    public static SegmentView Of(IndexSegment segment)
    {
        var live = LiveDocuments.All(segment.Documents);
        return new SegmentView(segment, live, LiveTotals.Of(segment, live));
    }

    public SegmentView Copy() => new(Segment, Live.Clone(), Totals.Clone());

    /// <summary>Takes a living document out. Only before a snapshot has this view.</summary>
    public void Bury(int document)
    {
        Live.Bury(document);
        Totals.Remove(Segment, document);
    }

    public void Deconstruct(out IndexSegment segment, out LiveDocuments live) => (segment, live) = (Segment, Live);
}
