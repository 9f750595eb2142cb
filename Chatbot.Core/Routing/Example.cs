namespace Chatbot.Core.Routing;

/// <summary>Something a visitor may write, with what it is meant as.</summary>
/// <param name="Intent">Name of an <see cref="Routing.Intent"/>.</param>
/// <param name="Link">The page that it is about, such as the one whose telephone number its intent's answer gives: it is flagged when that changes. Null: none.</param>
/// <param name="Language">Two-letter code; null when it could not be told.</param>
public sealed record Example(string Id, string KnowledgeBaseId, string Intent, string Text, string? Language, string? Link, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
