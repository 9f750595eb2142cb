namespace Chatbot.Api.Answering.Guarding;

/// <summary>What an injected text wants.</summary>
internal enum InjectionKind
{
    /// <summary>That instructions do not hold any more.</summary>
    Override,

    /// <summary>To see the instructions.</summary>
    Reveal,

    /// <summary>That the model is something else.</summary>
    Role,

    /// <summary>To speak to the model, past the reader.</summary>
    Address,

    /// <summary>To pass for another speaker than it is.</summary>
    Markup,

    /// <summary>To show that it worked.</summary>
    Boast,
}
