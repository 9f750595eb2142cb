namespace Chatbot.Core.KnowledgeBases;

/// <summary>A named set of sources with its own settings and index.</summary>
public sealed record KnowledgeBase
{
    /// <summary>The knowledge base that exists from the start.</summary>
    public const string DefaultName = "default";

    public required string Id { get; init; }

    /// <summary>What clients call it: 1 to 64 of a-z, 0-9 and hyphen, unique.</summary>
    public required string Name { get; init; }

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    public KnowledgeBaseSettings Settings { get; init; } = new();

    public required DateTimeOffset CreatedAt { get; init; }
}
