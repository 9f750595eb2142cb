namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// Keeps what the vectors of an index have in common until the index is another one: it changes little from one document to the
/// next, and is worked out in some milliseconds. Safe for concurrent use.
/// </summary>
internal sealed class CommonDirectionsCache
{
    // A tenth more or fewer chunks move a mean by less than a sample does.
    private const double MostChange = 0.1;

    private Known? _known;

    /// <param name="vectors">The number up to which the vectors are in the index.</param>
    public CommonDirections? Of(IndexSnapshot snapshot, long vectors, int dimensions)
    {
        var known = Volatile.Read(ref _known);
        if (known is not null && !IsOld(known, snapshot, vectors)) return known.Directions;
        var made = new Known(CommonDirections.Of(snapshot, dimensions), snapshot.Chunks, vectors);
        Volatile.Write(ref _known, made);
        return made.Directions;
    }

    // Where too few vectors were there, each that comes may be the one that was missing.
    private static bool IsOld(Known known, IndexSnapshot snapshot, long vectors) =>
        Math.Abs(snapshot.Chunks - known.Chunks) > MostChange * known.Chunks
        || vectors - known.Vectors > (known.Directions is null ? 0 : MostChange * known.Chunks);

    private sealed record Known(CommonDirections? Directions, int Chunks, long Vectors);
}
