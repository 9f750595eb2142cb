namespace Chatbot.Core.Answering;

/// <summary>What is shown with an answer beside its text and citations, and kept with it.</summary>
public sealed record AnswerOutcome
{
    /// <summary>A line for the reader about how the answer came about, in his language.</summary>
    public string? Notice { get; init; }

    /// <summary>What the question was taken for, when it was none for the sources: greeting, handover…</summary>
    public string? Intent { get; init; }

    /// <summary>Of a refusal: where in the sources one may look; null when there is none.</summary>
    public IReadOnlyList<AnswerTopic>? Topics { get; init; }

    /// <summary>What the question may have meant, when it was asked back; null when it was not.</summary>
    public IReadOnlyList<AnswerChoice>? Choices { get; init; }

    /// <summary>What wrote the answer; null when it is quoted from the sources.</summary>
    public string? Model { get; init; }

    /// <summary>The entry of questions and answers whose answer this is, word for word; null for other answers.</summary>
    public string? FaqId { get; init; }

    /// <summary>The answer is from what the model knows by itself, and its text says so.</summary>
    public bool Unsourced { get; init; }
}
