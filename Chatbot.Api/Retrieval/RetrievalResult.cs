using Chatbot.Core.Chunks;

namespace Chatbot.Api.Retrieval;

/// <summary>What retrieval found for a question.</summary>
/// <param name="Passages">Best first, no two with the same text.</param>
/// <param name="Terms">The question's words as the index looked them up.</param>
/// <param name="Generation">Of the index that was asked; answers made from it hold until it rises.</param>
/// <param name="Elapsed">Search and ranking together.</param>
public sealed record RetrievalResult(IReadOnlyList<Passage> Passages, IReadOnlyList<QuestionTerm> Terms, long Generation, TimeSpan Elapsed)
{
    /// <summary>The index did not answer: that nothing was found says nothing about the sources.</summary>
    public bool IsUnavailable { get; init; }

    /// <summary>How likely the best passages answer the question, 0 to 1; calibrated on the questions that the ranking was trained on.</summary>
    public double Answerable { get; init; }

    /// <summary>All candidates in their final order; what <see cref="Passages"/> are the first of.</summary>
    internal IReadOnlyList<RankedCandidate> Ranked { get; init; } = [];

    /// <summary>The question's; empty when the embedding model did not answer.</summary>
    internal QuestionVector Vector { get; init; }

    /// <summary>Where the time went.</summary>
    public Explaining.SearchTimings Timings { get; init; } = new(0, 0, 0, 0);

    /// <summary>What the question quotes, and whether it was found.</summary>
    public IReadOnlyList<QuestionPhrase> Phrases { get; init; } = [];

    /// <summary>Of how many passages something was taken out that is written to models instead of readers.</summary>
    public int Guarded { get; init; }

    /// <summary>How many candidates the passages were chosen from.</summary>
    public int Candidates { get; init; }
}
