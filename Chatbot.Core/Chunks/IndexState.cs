namespace Chatbot.Core.Chunks;

/// <summary>How full an index is.</summary>
/// <param name="Generation">Rises with every change.</param>
/// <param name="WithVector">Chunks that are found by meaning, too.</param>
public sealed record IndexState(int Documents, int Chunks, int WithVector, long Generation, IReadOnlyList<string> Languages)
{
    /// <summary>Texts that the embedding model failed on three times; they are found by words only.</summary>
    public int Parked { get; init; }
}
