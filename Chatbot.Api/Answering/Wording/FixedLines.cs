namespace Chatbot.Api.Answering.Wording;

/// <summary>The lines that are not from a source or a model, in one language. Kept in <c>texts.json</c>, one object a language.</summary>
internal sealed record FixedLines
{
    public required string Greeting { get; init; }

    /// <summary>With the slot <c>{knowledge_base}</c>: what the chatbot is there for.</summary>
    public required string SystemRole { get; init; }

    /// <summary>Who the chatbot is, as in "You are …".</summary>
    public required string BotRole { get; init; }

    /// <summary>What visitors are called in a conversation that a model is shown.</summary>
    public required string Visitor { get; init; }

    /// <summary>What the chatbot is called there.</summary>
    public required string You { get; init; }

    /// <summary>To who says thank you.</summary>
    public required string Welcome { get; init; }

    public required string Goodbye { get; init; }

    /// <summary>With the slot <c>{knowledge_base}</c>: to who asks who this is.</summary>
    public required string Identity { get; init; }

    /// <summary>To who wants a person where no contact is set.</summary>
    public required string NoPerson { get; init; }

    /// <summary>To what is not to be answered.</summary>
    public required string NotAnswered { get; init; }

    /// <summary>Stands before what a model knows without the sources.</summary>
    public required string OwnKnowledge { get; init; }

    /// <summary>Asks which of several things is meant; they follow, a line each.</summary>
    public required string Which { get; init; }

    /// <inheritdoc cref="Which"/>
    public required string WhichYear { get; init; }

    /// <inheritdoc cref="Which"/>
    public required string WhichVersion { get; init; }

    /// <inheritdoc cref="Which"/>
    public required string WhichSite { get; init; }

    public required string Refusal { get; init; }

    /// <summary>With the slot <c>{contact}</c>.</summary>
    public required string RefusalContact { get; init; }

    /// <summary>Stands before the pages that are nearest to a question without an answer.</summary>
    public required string Topics { get; init; }

    /// <summary>With the slot <c>{term}</c>: a question after what that means.</summary>
    public required string Meaning { get; init; }

    /// <summary>Where what is quoted may not answer.</summary>
    public required string Nearest { get; init; }

    public required string NoModel { get; init; }

    public required string ModelDown { get; init; }

    public required string IndexDown { get; init; }

    /// <summary>To a question that only tries to change how it is answered.</summary>
    public required string Guarded { get; init; }

    /// <summary>The model began to tell its instructions.</summary>
    public required string Stopped { get; init; }

    /// <summary>Some of its sentences are marked.</summary>
    public required string Unsupported { get; init; }

    /// <summary>Some were left out.</summary>
    public required string LeftOut { get; init; }

    public required string BrokeOff { get; init; }

    /// <summary>For an answer that an editor wrote.</summary>
    public required string FromFaq { get; init; }

    /// <summary>That nothing was found, and who can help.</summary>
    public string RefusalFor(string? contact) =>
        string.IsNullOrWhiteSpace(contact) ? Refusal : $"{Refusal} {RefusalContact.Replace("{contact}", contact.Trim(), StringComparison.Ordinal)}";
}
