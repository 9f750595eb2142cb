namespace Chatbot.Api.Answering;

/// <summary>How a question is to be answered.</summary>
public sealed record AskOptions
{
    /// <summary>Two-letter code for fixed lines where the question does not tell its language.</summary>
    public string? Language { get; init; }

    /// <summary>Which of the configured language models is asked first, by its name (<see cref="ChatConfig.Models"/>); null is the preferred one.</summary>
    public string? Model { get; init; }

    /// <summary>Only the passages are found that an answer would be made from; nothing is written, kept or said to a model.</summary>
    public bool RetrieveOnly { get; init; }

    /// <summary>What each step did comes with the answer.</summary>
    public bool Trace { get; init; }
}
