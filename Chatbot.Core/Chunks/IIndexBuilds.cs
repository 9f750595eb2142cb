namespace Chatbot.Core.Chunks;

/// <summary>
/// Builds an index anew beside the one that searches find, and puts it in its place at once. The index knows how its chunks
/// were cut; chunks that were cut in another way do not come into it one by one. Safe for concurrent use.
/// </summary>
public interface IIndexBuilds
{
    Task<IndexBuild> GetAsync(string knowledgeBaseId, CancellationToken cancellationToken);

    /// <summary>Notes how chunks are cut, where the index does not know it yet.</summary>
    /// <returns>How those in the index are cut.</returns>
    Task<string> MarkAsync(string knowledgeBaseId, string chunker, CancellationToken cancellationToken);

    /// <summary>Begins an index with chunks that are cut like this.</summary>
    /// <param name="restart">Forgets one that is being built in the same way.</param>
    /// <returns>False when one is being built in the same way already and goes on.</returns>
    Task<bool> BeginAsync(string knowledgeBaseId, string chunker, bool restart, CancellationToken cancellationToken);

    /// <summary>Puts a document into the index that is being built.</summary>
    /// <returns>False, with nothing changed, when no index with such chunks is being built any more.</returns>
    Task<bool> StageAsync(string knowledgeBaseId, string chunker, StagedDocument document, CancellationToken cancellationToken);

    /// <summary>
    /// How many texts of the index that is being built have no vector yet, beyond those of the other one that have none
    /// either: so many would no longer be found by meaning if it took the other's place now. Texts that the model fails on
    /// do not count.
    /// </summary>
    Task<int> CountMissingVectorsAsync(string knowledgeBaseId, CancellationToken cancellationToken);

    /// <summary>Notes that the index that is being built is complete but for the vectors of its texts.</summary>
    /// <returns>False when none is being built with such chunks.</returns>
    Task<bool> CompleteAsync(string knowledgeBaseId, string chunker, CancellationToken cancellationToken);

    /// <returns>The indexes that are complete but for the vectors of their texts.</returns>
    Task<IReadOnlyList<CompleteBuild>> ListCompleteAsync(CancellationToken cancellationToken);

    /// <summary>Notes that the index that is being built is complete, and waits until somebody lets it take the other's place.</summary>
    /// <returns>False when none is being built with such chunks.</returns>
    Task<bool> HoldAsync(string knowledgeBaseId, string chunker, CancellationToken cancellationToken);

    /// <returns>The indexes that are complete and wait.</returns>
    Task<IReadOnlyList<HeldBuild>> ListHeldAsync(CancellationToken cancellationToken);

    /// <summary>Notes the evaluation that an index waits for.</summary>
    Task AssignAsync(string knowledgeBaseId, string chunker, string runId, CancellationToken cancellationToken);

    /// <summary>Gives up an index that is complete and waits.</summary>
    /// <returns>False when none waits with such chunks.</returns>
    Task<bool> DropAsync(string knowledgeBaseId, string chunker, CancellationToken cancellationToken);

    /// <returns>Documents of the index that is being built, in the order of their ids, after one of them.</returns>
    Task<IReadOnlyList<StagedDocument>> ListStagedAsync(string knowledgeBaseId, string after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Puts the index that was built in the place of the other, in one step for every reader. Documents that have changed
    /// since they were staged, or are gone, stay as they are.
    /// </summary>
    /// <param name="number">Of the index that was built; one that has begun anew since has another.</param>
    /// <returns>How many documents are in it; null when it is not being built any more.</returns>
    Task<int?> SwitchAsync(string knowledgeBaseId, long number, CancellationToken cancellationToken);
}

/// <summary>How an index was made.</summary>
/// <param name="Chunker">How its chunks were cut: version and lengths; null while it is empty.</param>
/// <param name="Building">The same of the index that is being built beside it; null when none is.</param>
/// <param name="Staged">Documents in the index that is being built.</param>
/// <param name="HeldAt">Since when it is complete and waits for an evaluation; null while it is being built.</param>
/// <param name="CompleteAt">Since when all of it is there but the vectors of its texts; null before, and where they are there already.</param>
public sealed record IndexBuild(string? Chunker, string? Building, int Staged, DateTimeOffset? StartedAt, DateTimeOffset? HeldAt = null, DateTimeOffset? CompleteAt = null)
{
    /// <summary>Of the index that was begun last; it rises with each.</summary>
    public long Number { get; init; }
}

/// <summary>An index that waits for the vectors of its texts.</summary>
public sealed record CompleteBuild(string KnowledgeBaseId, string Chunker, DateTimeOffset CompleteAt);

/// <summary>An index that is complete and waits.</summary>
/// <param name="RunId">The evaluation that it waits for; null before there is one.</param>
public sealed record HeldBuild(string KnowledgeBaseId, string Chunker, DateTimeOffset HeldAt, string? RunId);

/// <summary>A document for an index that is being built.</summary>
/// <param name="Version">Of the document when it was cut.</param>
/// <param name="Title">Null leaves the one that is known; so does <paramref name="Language"/>.</param>
/// <param name="Note">What of it could not be read; null when all was.</param>
public sealed record StagedDocument(string DocumentId, long Version, string? Title, string? Language, string? Note, IReadOnlyList<Chunk> Chunks);
