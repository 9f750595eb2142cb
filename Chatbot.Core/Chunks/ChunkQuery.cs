namespace Chatbot.Core.Chunks;

/// <summary>What is asked of the index.</summary>
public sealed record ChunkQuery
{
    public required string KnowledgeBaseId { get; init; }

    /// <summary>Asks the index that is tried beside it (<see cref="TrialIndex"/>); filters are those of the knowledge base's documents.</summary>
    public bool IsTrial { get; init; }

    public required string Question { get; init; }

    /// <summary>Unit-length vector of the question; empty asks by words alone.</summary>
    public ReadOnlyMemory<float> Vector { get; init; }

    /// <summary>Which model made the vector, as its embedding says: vectors of another one do not meet it. Null is the one that questions are asked of.</summary>
    public string? VectorModel { get; init; }

    /// <summary>Which sources may be found.</summary>
    public ChunkFilter Filter { get; init; } = ChunkFilter.None;

    /// <summary>Candidates wanted from each side (words, vectors), 1 to 1,000.</summary>
    public int Limit { get; init; } = 100;
}
