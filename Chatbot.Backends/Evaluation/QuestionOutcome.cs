namespace Chatbot.Backends.Evaluation;

/// <summary>How one golden question went.</summary>
public sealed record QuestionOutcome
{
    public bool HasAnswer { get; init; }

    public bool HasPages { get; init; }

    public bool HasPhrases { get; init; }

    /// <summary>Place of the first expected page among the distinct pages found, from 1; 0: not among them. Without expected pages that of the first passage with an expected phrase.</summary>
    public int PageRank { get; init; }

    /// <summary>Place of the first passage that holds an expected phrase, from 1; 0: in none.</summary>
    public int PhraseRank { get; init; }

    /// <summary>The share of right ones among the first five passages, 0 to 1.</summary>
    public double PrecisionAt5 { get; init; }

    /// <summary>How likely retrieval thought it that the passages answer, 0 to 1.</summary>
    public double Answerable { get; init; }

    /// <summary>It was said that the sources hold no answer.</summary>
    public bool Refused { get; init; }

    /// <summary>The answer cites an expected page.</summary>
    public bool Cites { get; init; }

    /// <summary>The answer holds an expected phrase.</summary>
    public bool HoldsPhrase { get; init; }

    /// <summary>There was no answer at all.</summary>
    public bool Failed { get; init; }

    public bool Degraded { get; init; }

    /// <summary>1 when all that was expected came true, 0 when nothing did.</summary>
    public double Score { get; init; }

    /// <summary>What went wrong, in one word; null when nothing did.</summary>
    public string? Miss { get; init; }

    /// <summary>The same for people.</summary>
    public string? Detail { get; init; }

    /// <summary>What was found before the expected page.</summary>
    public IReadOnlyList<string> OutrankedBy { get; init; } = [];

    public string Answer { get; init; } = "";

    /// <summary>URLs, as the answer cites them.</summary>
    public IReadOnlyList<string> Cited { get; init; } = [];

    /// <summary>From the question to the last word, in milliseconds.</summary>
    public double Ms { get; init; }
}
