namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// Keeps what the vectors of an index have in common until the index is another one: it changes little from one document to the
/// next, and is worked out in some milliseconds. Safe for concurrent use.
/// </summary>
internal sealed class CommonDirectionsCache
{
    // A tenth more or fewer chunks move a mean by less than a sample does. A fifth does no harm for the moment until it is worked out anew.
    private const double MostChange = 0.1, MostForAMoment = 0.2;

    private Known? _known;

    /// <param name="vectors">The number up to which the vectors are in the index.</param>
    public CommonDirections? Of(IndexSnapshot snapshot, long vectors, int dimensions) => Of(snapshot, vectors, dimensions, MostChange);

    /// <summary>The same for who must not wait, while somebody else asks for it after every change.</summary>
    public CommonDirections? Nearly(IndexSnapshot snapshot, long vectors, int dimensions) => Of(snapshot, vectors, dimensions, MostForAMoment);

    private CommonDirections? Of(IndexSnapshot snapshot, long vectors, int dimensions, double most)
    {
        var known = Volatile.Read(ref _known);
        if (known is not null && !IsOld(known, snapshot, vectors, most)) return known.Directions;
        var made = new Known(CommonDirections.Of(snapshot, dimensions), snapshot.Chunks, vectors);
        Volatile.Write(ref _known, made);
        return made.Directions;
    }

    // Where too few vectors were there, each that comes may be the one that was missing.
    private static bool IsOld(Known known, IndexSnapshot snapshot, long vectors, double most) =>
        Math.Abs(snapshot.Chunks - known.Chunks) > most * known.Chunks
        || vectors - known.Vectors > (known.Directions is null ? 0 : most * known.Chunks);

    private sealed record Known(CommonDirections? Directions, int Chunks, long Vectors);
}
