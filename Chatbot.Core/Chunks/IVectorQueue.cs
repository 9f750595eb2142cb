namespace Chatbot.Core.Chunks;

/// <summary>
/// The texts that wait for their vectors, shared by all processes on one index: each text is at work in one of them. Safe
/// for concurrent use.
/// </summary>
public interface IVectorQueue
{
    /// <summary>Takes texts to make their vectors, the most important first. Whoever took them sets their vectors by
    /// <see cref="IChunkIndex.SetVectorsAsync"/> or gives them back; those of a process that died or takes longer than
    /// minutes are taken by others.</summary>
    /// <param name="most">At most this many, 1 to 256.</param>
    Task<VectorLease> TakeAsync(int most, CancellationToken cancellationToken);

    /// <summary>Gives back what still waits of the texts that were taken.</summary>
    Task ReleaseAsync(VectorLease lease, CancellationToken cancellationToken);

    /// <summary>Notes that a text has no vector because of the text. It is tried again a minute later; after the third time
    /// it is parked, so that a re-crawl that brings it again does not begin anew.</summary>
    /// <returns>True when it is parked now.</returns>
    Task<bool> FailAsync(string textHash, string reason, CancellationToken cancellationToken);

    /// <summary>The texts that were given up, with the reasons.</summary>
    Task<IReadOnlyList<ParkedText>> ListParkedAsync(int most, CancellationToken cancellationToken);

    /// <summary>Lets all texts wait that have no vector and do not wait yet, such as those from before there were vectors
    /// or with another model.</summary>
    /// <returns>How many.</returns>
    Task<int> CatchUpAsync(CancellationToken cancellationToken);

    /// <summary>Forgets vectors and waiting texts that no chunk has any more, in short steps.</summary>
    /// <returns>How many.</returns>
    Task<int> SweepAsync(CancellationToken cancellationToken);
}

/// <summary>Texts that one worker makes the vectors of.</summary>
/// <param name="Name">Of the lease.</param>
public sealed record VectorLease(string Name, IReadOnlyList<PendingText> Texts);

/// <summary>A text that the model failed on three times.</summary>
/// <param name="Url">Of a page that has it; null when none has it any more.</param>
public sealed record ParkedText(string TextHash, string? Url, string Reason);
