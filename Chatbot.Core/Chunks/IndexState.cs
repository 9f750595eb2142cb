namespace Chatbot.Core.Chunks;

/// <summary>How full an index is.</summary>
/// <param name="Generation">Rises with every change.</param>
/// <param name="WithVector">Chunks that have a vector of the configured model.</param>
public sealed record IndexState(int Documents, int Chunks, int WithVector, long Generation, IReadOnlyList<string> Languages)
{
    /// <summary>Texts that the embedding model failed on three times; they are found by words only.</summary>
    public int Parked { get; init; }

    /// <summary>The configured model, with dimensions and prefixes, as its vectors are marked.</summary>
    public string Model { get; init; } = "";

    /// <summary>The model whose vectors questions are compared with until all of the configured one's are there; null when that is the configured one.</summary>
    public string? AskedModel { get; init; }
}
