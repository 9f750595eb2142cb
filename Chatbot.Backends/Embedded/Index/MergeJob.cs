namespace Chatbot.Backends.Embedded.Index;

/// <summary>Segments to be merged into one, as they are when it begins.</summary>
/// <param name="Views">Neighbours, oldest first; one or more.</param>
/// <param name="KeepDeletions">There are older segments, whose documents they hide.</param>
/// <param name="Generation">The last change that they and what is older hold.</param>
/// <param name="Vectors">They hold all vectors with numbers up to this one.</param>
/// <param name="Kept">Names of the files that are older.</param>
internal sealed record MergeJob(IReadOnlyList<SegmentView> Views, bool KeepDeletions, long Generation, long Vectors, IReadOnlyList<string> Kept)
{
    public int Chunks => Views.Sum(v => v.Segment.Chunks);
}
