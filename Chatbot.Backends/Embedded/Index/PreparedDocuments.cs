namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// Documents that this process put into an index a moment ago, analysed by whoever put them there, so that the next search
/// need not. By the number of their change: what the rows say of a later one is read from them. Safe for concurrent use.
/// </summary>
internal sealed class PreparedDocuments
{
    // Whoever brings more than searches take in finds the others in the rows.
    private const int MostChunks = 2_000;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, IndexSegment> _segments = [];
    private int _chunks;

    public bool HasRoom => Volatile.Read(ref _chunks) < MostChunks;

    /// <param name="generation">Of the change that brought it.</param>
    /// <param name="segment">The document alone, without vectors.</param>
    public void Keep(long generation, IndexSegment segment)
    {
        lock (_gate)
        {
            if (HasRoom && _segments.TryAdd(generation, segment)) _chunks += segment.Chunks;
        }
    }

    /// <returns>Null when it is not here.</returns>
    public IndexSegment? Take(long generation)
    {
        lock (_gate)
        {
            if (!_segments.Remove(generation, out var segment)) return null;
            _chunks -= segment.Chunks;
            return segment;
        }
    }

    /// <summary>Drops what is in the index already.</summary>
    public void Forget(long upto)
    {
        lock (_gate)
        {
            while (_segments.Count > 0 && _segments.First() is var (generation, segment) && generation <= upto)
            {
                _segments.Remove(generation);
                _chunks -= segment.Chunks;
            }
        }
    }
}
