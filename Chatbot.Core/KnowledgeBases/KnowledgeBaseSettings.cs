namespace Chatbot.Core.KnowledgeBases;

/// <summary>What an editor may set per knowledge base.</summary>
public sealed record KnowledgeBaseSettings
{
    /// <summary>Questions about other matters than the sources are mostly given 0.05 to 0.13, those that they answer hardly ever: see docs/benchmarks.md.</summary>
    public const double DefaultRefuseBelow = 0.13;

    /// <summary>Two-letter codes of the languages its visitors use; empty means: whatever the sources are in.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Origins (<c>https://www.example.org</c>) whose pages may embed the widget; empty means this server's own pages only.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Whom a visitor may turn to when no answer was found; shown as it is, null shows nothing.</summary>
    public string? Contact { get; init; }

    /// <summary>
    /// An answer is refused when it is less likely than this, 0 to 1, that the sources hold it; 0 never refuses for that.
    /// Null takes <see cref="DefaultRefuseBelow"/>.
    /// </summary>
    public double? RefuseBelow { get; init; }

    /// <summary>What the chat page says first; null takes a line in the visitor's language.</summary>
    public string? Greeting { get; init; }
}
