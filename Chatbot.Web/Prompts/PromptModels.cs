namespace Chatbot.Web.Prompts;

/// <summary>A prompt template as the API gives it.</summary>
internal sealed record PromptTemplate
{
    public required string Id { get; init; }

    public required string KnowledgeBaseId { get; init; }

    public required string Name { get; init; }

    /// <summary>Null for all that have no template of their own.</summary>
    public string? Language { get; init; }

    public long Version { get; init; }

    public required string Text { get; init; }

    public string? Note { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];
}

internal sealed record PromptDraft(string? KnowledgeBase, string? Name, string? Language, string? Text, string? Note, long? Version);

internal sealed record ShippedPrompt(string Language, string Text);

internal sealed record PromptTrial(string? KnowledgeBase, string? Text, string? Question);

internal sealed record PromptPreview(string Language, IReadOnlyList<PromptMessage> Messages, int Tokens, int Passages, double Answerable, IReadOnlyList<string> Warnings, string? SearchedFor = null);

internal sealed record PromptMessage(string Role, string Text);

/// <param name="Kind">same, removed or added.</param>
internal sealed record DiffLine(string Kind, string Text);

/// <summary>What became of an import.</summary>
internal sealed record PromptImportReply(int Saved, int Unchanged, int Rejected, int Waiting, IReadOnlyList<string> Problems);

/// <summary>What the form of a template sends.</summary>
public sealed class PromptForm
{
    /// <summary>What is to be done: save, or preview.</summary>
    public string? Do { get; set; }

    public string? KnowledgeBase { get; set; }

    public string? Name { get; set; }

    public string? Language { get; set; }

    public string? Text { get; set; }

    public string? Note { get; set; }

    /// <summary>The version that is being changed.</summary>
    public long? Version { get; set; }

    /// <summary>To preview with.</summary>
    public string? Question { get; set; }

    internal PromptDraft ToDraft() => new(KnowledgeBase, Name, string.IsNullOrEmpty(Language) ? null : Language, Text, Note, Version);
}
