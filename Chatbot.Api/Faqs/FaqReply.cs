using Chatbot.Core.Documents;
using Chatbot.Core.Faqs;

namespace Chatbot.Api.Faqs;

/// <inheritdoc cref="FaqEntry"/>
public sealed record FaqReply(
    string Id, string KnowledgeBaseId, string Question, IReadOnlyList<string> Alternatives, string Answer, string? Language, string? Link,
    DocumentStatus Status, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    internal static FaqReply From(FaqEntry it) => new(
        it.Id, it.KnowledgeBaseId, it.Content.Question, it.Content.Alternatives ?? [], it.Content.Answer, it.Content.Language, it.Content.Link,
        it.Status, it.CreatedAt, it.UpdatedAt);
}

/// <summary>What visitors see of an entry that an answer cites.</summary>
public sealed record PublishedFaq(string Question, string Answer, string? Language, string? Link);

/// <summary>An entry as it is exported, for import here or elsewhere.</summary>
public sealed record ExportedFaq(string Id, string Question, IReadOnlyList<string>? Alternatives, string Answer, string? Language, string? Link)
{
    internal static ExportedFaq From(FaqEntry it) => new(
        it.Id, it.Content.Question, it.Content.Alternatives, it.Content.Answer, it.Content.Language, it.Content.Link);
}
