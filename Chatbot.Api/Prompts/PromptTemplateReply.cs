using Chatbot.Backends.Prompts;
using Chatbot.Core.Prompts;

namespace Chatbot.Api.Prompts;

/// <inheritdoc cref="PromptTemplate"/>
/// <param name="Language">Null for all that have no template of their own.</param>
/// <param name="Warnings">What may not be meant so.</param>
public sealed record PromptTemplateReply(
    string Id, string KnowledgeBaseId, string Name, string? Language, long Version, string Text, string? Note, DateTimeOffset CreatedAt, IReadOnlyList<string> Warnings)
{
    internal static PromptTemplateReply From(PromptTemplate it) => new(
        it.Id, it.KnowledgeBaseId, it.Name, it.Language.Length == 0 ? null : it.Language, it.Version, it.Text, it.Note, it.CreatedAt, PromptText.Warn(it.Text));

    /// <summary>One that waits: its text is what is to be, its version the one that is still in use.</summary>
    internal static PromptTemplateReply Waiting(string knowledgeBaseId, PromptDraft it, DateTimeOffset at) => new(
        it.Id, knowledgeBaseId, it.Name, it.Language.Length == 0 ? null : it.Language, it.Replaces, it.Text, it.Note, at, PromptText.Warn(it.Text));
}

/// <summary>A template as it comes with the product.</summary>
public sealed record ShippedPromptReply(string Language, string Text);

/// <summary>A template as it is exported, for import here or elsewhere.</summary>
public sealed record ExportedPrompt(string Name, string? Language, string Text)
{
    internal static ExportedPrompt From(PromptTemplate it) => new(it.Name, it.Language.Length == 0 ? null : it.Language, it.Text);
}

/// <summary>What became of an import.</summary>
/// <param name="Saved">Templates that got a new version.</param>
/// <param name="Waiting">Templates whose new version waits for an evaluation.</param>
public sealed record PromptImportReply(int Saved, int Unchanged, int Rejected, int Waiting, IReadOnlyList<string> Problems);
