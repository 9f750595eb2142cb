namespace Chatbot.Core.KnowledgeBases;

/// <summary>What is said when the sources hold no answer.</summary>
public enum RefusalStrategy
{
    /// <summary>That there is none, whom to turn to, and which pages are nearest.</summary>
    Topics,

    /// <summary>The knowledge base's own text.</summary>
    Text,

    /// <summary>What the language model knows by itself, labelled as that; without a model as <see cref="Topics"/>.</summary>
    Model,
}
