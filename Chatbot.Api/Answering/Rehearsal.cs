using Chatbot.Backends.Prompts;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Api.Answering;

/// <summary>
/// Asks in nobody's name: the answer comes about as a visitor's does, but it is not recorded, not taken from the cache nor
/// kept in it, and not counted.
/// </summary>
internal sealed record Rehearsal
{
    /// <summary>The settings to answer by; null takes those of the knowledge base.</summary>
    public KnowledgeBaseSettings? Settings { get; init; }

    /// <summary>Templates to put questions to a model with, in the place of those in use.</summary>
    public IReadOnlyList<PromptDraft> Templates { get; init; } = [];

    /// <summary>Searches the index that is tried beside the knowledge base's own.</summary>
    public bool IsTrialIndex { get; init; }
}
