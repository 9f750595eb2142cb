namespace Chatbot.Core.Chunks;

/// <summary>What both sides found for a question.</summary>
/// <param name="Candidates">Highest word score first; those that only the vector found follow by cosine.</param>
/// <param name="QuestionIdf">The sum of the idf of the question's distinct words, unknown words counted with the highest idf: makes word scores of different questions comparable.</param>
/// <param name="Generation">Rises with every change of the knowledge base's index.</param>
public sealed record ChunkCandidates(IReadOnlyList<ChunkCandidate> Candidates, double QuestionIdf, long Generation)
{
    public static readonly ChunkCandidates None = new([], 0, 0);

    /// <summary>The question's distinct words, in order: what to look for within the chunks.</summary>
    public IReadOnlyList<QuestionTerm> Terms { get; init; } = [];

    /// <summary>
    /// What the question quotes, in order. Candidates are only those chunks that hold the most of these phrases, whichever
    /// side found them; all, where no chunk holds any.
    /// </summary>
    public IReadOnlyList<QuestionPhrase> Phrases { get; init; } = [];

    /// <summary>Of the whole index, 1 or more.</summary>
    public double ChunksPerDocument { get; init; } = 1;

    /// <summary>Mean of the cosines of all texts of the index to the question's vector; null when it has none, or the index too few.</summary>
    public double? CosineMean { get; init; }

    /// <summary>Standard deviation of these.</summary>
    public double? CosineDeviation { get; init; }
}
