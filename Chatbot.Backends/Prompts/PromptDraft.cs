namespace Chatbot.Backends.Prompts;

/// <summary>A version of a template that is to be, and is not in use yet.</summary>
/// <param name="Id">Of the template.</param>
/// <param name="Language">Empty is for all that have no template of their own.</param>
/// <param name="Replaces">The version that was in use when it was written; 0 is the shipped one.</param>
public sealed record PromptDraft(string Id, string Name, string Language, string Text, string? Note, long Replaces);
