namespace Chatbot.Core.Routing;

/// <summary>What a visitor wants, and what is then done. Those named here are always there; editors may set their answers, and add others.</summary>
public sealed record Intent
{
    /// <summary>A question for the knowledge base: what is not clearly something else.</summary>
    public const string Question = "question";

    /// <summary>Wants to talk to a person.</summary>
    public const string Handover = "handover";

    /// <summary>Is not to be answered.</summary>
    public const string Refusal = "refusal";

    public const string Greeting = "greeting";

    public const string Thanks = "thanks";

    public const string Goodbye = "goodbye";

    /// <summary>Who are you?</summary>
    public const string Identity = "identity";

    public static readonly IReadOnlyList<string> BuiltIn = [Question, Greeting, Thanks, Goodbye, Identity, Handover, Refusal];

    /// <summary>1 to 64 of a-z, 0-9 and hyphen.</summary>
    public required string Name { get; init; }

    /// <summary>What is said, by two-letter code of the asker's language; under an empty one for all others. Empty: what is shipped, or by the template.</summary>
    public IReadOnlyDictionary<string, string> Answers { get; init; } = new Dictionary<string, string>();

    /// <summary>The prompt template that a model answers by, from passages as for any question; null where there is a fixed answer.</summary>
    public string? Template { get; init; }

    public bool IsBuiltIn => BuiltIn.Contains(Name);
}
