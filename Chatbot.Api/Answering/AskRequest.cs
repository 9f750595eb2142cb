using Chatbot.Backends.Conversations;

namespace Chatbot.Api.Answering;

/// <summary>A visitor's question.</summary>
public sealed record AskRequest
{
    /// <summary>1 to <see cref="QuestionGuard.LongestQuestion"/> characters.</summary>
    public string? Question { get; init; }

    /// <summary>Name or id; null is the default one.</summary>
    public string? KnowledgeBase { get; init; }

    /// <summary>The conversation to go on with; null starts one.</summary>
    public string? ConversationId { get; init; }

    /// <summary>What the asker's browser calls itself, see <see cref="Conversing.VisitorId"/>; null says nothing.</summary>
    public string? VisitorId { get; init; }

    /// <summary>Over HTTP: events while the answer grows (also when null), or one object at its end.</summary>
    public bool? Stream { get; init; }

    /// <summary>Streamed: the answer goes on being made when the connection breaks, and can be read on by its stream id.</summary>
    public bool Resumable { get; init; }

    public AskOptions? Options { get; init; }

    /// <summary>What was said before, where the asker keeps it; null where the conversation has it.</summary>
    internal IReadOnlyList<ConversationMessage>? History { get; init; }

    /// <summary>Set where nobody asks: to measure.</summary>
    internal Rehearsal? Rehearsal { get; init; }

    internal string KnowledgeBaseOrDefault => string.IsNullOrWhiteSpace(KnowledgeBase) ? Core.KnowledgeBases.KnowledgeBase.DefaultName : KnowledgeBase;
}
