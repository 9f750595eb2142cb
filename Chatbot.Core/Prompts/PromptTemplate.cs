namespace Chatbot.Core.Prompts;

/// <summary>One version of what a language model is told and asked, with named slots.</summary>
public sealed record PromptTemplate
{
    /// <summary>The template that answers questions; others are those of intents.</summary>
    public const string AnswerName = "answer";

    /// <summary>Of the template: all its versions have it.</summary>
    public required string Id { get; init; }

    public required string KnowledgeBaseId { get; init; }

    /// <summary>1 to 64 of a-z, 0-9 and hyphen.</summary>
    public required string Name { get; init; }

    /// <summary>Two-letter code of the language that askers write; empty for all that have no template of their own.</summary>
    public required string Language { get; init; }

    /// <summary>From 1; the highest is the one in use.</summary>
    public required long Version { get; init; }

    /// <summary>Above its line of three hyphens what the model is told, below what it is asked.</summary>
    public required string Text { get; init; }

    /// <summary>Why it was changed, for other editors.</summary>
    public string? Note { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
