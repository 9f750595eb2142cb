namespace Chatbot.Core.KnowledgeBases;

/// <summary>What becomes of a sentence that a language model wrote and the sources do not bear out.</summary>
public enum GroundingMode
{
    /// <summary>It is shown with a mark.</summary>
    Mark,

    /// <summary>It is left out.</summary>
    Drop,

    /// <summary>Sentences are not checked.</summary>
    Off,
}
