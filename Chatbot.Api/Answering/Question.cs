using Chatbot.Api.Prompts;
using Chatbot.Backends.Conversations;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Api.Answering;

/// <summary>A question that was let in, with all that belongs to it.</summary>
internal sealed record Question
{
    /// <summary>As it was typed, cleaned.</summary>
    public required string Asked { get; init; }

    /// <summary>The same, understandable without the conversation.</summary>
    public required string Standalone { get; init; }

    public required KnowledgeBase KnowledgeBase { get; init; }

    public required Conversation Conversation { get; init; }

    /// <summary>The conversation begins with this question and is not kept yet.</summary>
    public bool IsFirst { get; init; }

    /// <summary>What was said before it, the oldest first.</summary>
    public required IReadOnlyList<ConversationMessage> History { get; init; }

    /// <summary>The language model that was chosen; null is the preferred one.</summary>
    public string? Model { get; init; }

    /// <summary>Where the steps note what they did.</summary>
    public required TraceLog Trace { get; init; }

    /// <summary>The template that it is put to a model with; null where none is asked.</summary>
    public PromptChoice? Prompt { get; init; }

    /// <summary>Of the examples that it is compared with: an answer that is kept holds for them.</summary>
    public string RoutingStamp { get; init; } = "";

    /// <summary>Of the fixed lines.</summary>
    public required string Language { get; init; }
}
