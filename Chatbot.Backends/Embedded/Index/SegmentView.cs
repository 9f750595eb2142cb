namespace Chatbot.Backends.Embedded.Index;

/// <summary>A segment with what of it is still alive.</summary>
/// <param name="Live">For each document, whether searches find it.</param>
/// <param name="Totals">What lives, counted.</param>
internal sealed record SegmentView(IndexSegment Segment, LiveDocuments Live, LiveTotals Totals)
{
    /// <summary>Of the chunks that searches find, packed; 0: whatever they are in.</summary>
    public ushort Language { get; init; }

    /// <summary>Whether searches are to find less than what lives.</summary>
    public bool IsFiltered { get; init; }

    /// <summary>Whether searches find a chunk.</summary>
    public bool Finds(int chunk) => Live[Segment.DocumentOf(chunk)] && (Language == 0 || Segment.Languages[chunk] == Language);

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
