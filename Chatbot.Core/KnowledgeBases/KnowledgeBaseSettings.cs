namespace Chatbot.Core.KnowledgeBases;

/// <summary>What an editor may set per knowledge base.</summary>
public sealed record KnowledgeBaseSettings
{
    /// <summary>Two-letter codes of the languages its visitors use; empty means: whatever the sources are in.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Origins (<c>https://www.example.org</c>) whose pages may embed the widget; empty means this server's own pages only.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Whom a visitor may turn to when no answer was found; shown as it is, null shows nothing.</summary>
    public string? Contact { get; init; }

    /// <summary>What the chat page says first; null takes a line in the visitor's language.</summary>
    public string? Greeting { get; init; }
}
