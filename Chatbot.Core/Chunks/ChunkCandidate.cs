namespace Chatbot.Core.Chunks;

/// <summary>A chunk that one of the sides found, with the scores of both.</summary>
/// <param name="WordScore">BM25 over all fields, 0 or more.</param>
/// <param name="Cosine">Cosine to the question's vector, -1 to 1; null when question or chunk has no vector.</param>
/// <param name="MatchedWords">The question's words that the chunk holds, as they were asked.</param>
public sealed record ChunkCandidate(Chunk Chunk, double WordScore, double? Cosine, IReadOnlyList<string> MatchedWords)
{
    /// <summary>BM25 of the words within the chunk's text.</summary>
    public double BodyScore { get; init; }

    /// <summary>BM25 of the words within title and headings.</summary>
    public double HeadingScore { get; init; }

    /// <summary>The sum of the idf of the question's words that the chunk holds, relative to all of them: 0 to 1.</summary>
    public double Coverage { get; init; }

    /// <summary>The question's quoted phrases that text, headings or title hold word for word, as they were written.</summary>
    public IReadOnlyList<string> MatchedPhrases { get; init; } = [];

    /// <summary>Cosine of the question's vector to the mean of the document's; null when question or document has none.</summary>
    public double? DocumentCosine { get; init; }

    /// <summary>
    /// The cosine of what is left of both vectors without what all vectors of the index have in common, -1 to 1; null where
    /// the index has too few to tell.
    /// </summary>
    public double? SpecificCosine { get; init; }

    /// <summary>The same of the mean of the document's vectors.</summary>
    public double? DocumentSpecificCosine { get; init; }

    /// <summary>BM25 of the whole document's words, 0 or more.</summary>
    public double DocumentScore { get; init; }
}
