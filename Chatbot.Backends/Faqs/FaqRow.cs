using System.Text.Json;
using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Core.Documents;
using Chatbot.Core.Faqs;

namespace Chatbot.Backends.Faqs;

/// <summary>A row of the table <c>faqs</c>, with the status of its document.</summary>
internal sealed class FaqRow
{
    public string Id { get; set; } = "";

    public string KnowledgeBaseId { get; set; } = "";

    public string QuestionHash { get; set; } = "";

    public string Question { get; set; } = "";

    public string Alternatives { get; set; } = "[]";

    public string Answer { get; set; } = "";

    public string? Language { get; set; }

    public string? Link { get; set; }

    public string? Status { get; set; }

    public long CreatedAt { get; set; }

    public long UpdatedAt { get; set; }

    public static FaqRow Of(FaqEntry entry) => new()
    {
        Id = entry.Id,
        KnowledgeBaseId = entry.KnowledgeBaseId,
        QuestionHash = entry.Content.QuestionHash(),
        Question = entry.Content.Question,
        Alternatives = JsonSerializer.Serialize(entry.Content.Alternatives ?? [], CoreJson.Default.IReadOnlyListString),
        Answer = entry.Content.Answer,
        Language = entry.Content.Language,
        Link = entry.Content.Link,
        CreatedAt = Stored.Time(entry.CreatedAt),
        UpdatedAt = Stored.Time(entry.UpdatedAt),
    };

    public FaqEntry ToRecord() => new(
        Id,
        KnowledgeBaseId,
        new FaqContent
        {
            Question = Question,
            Alternatives = JsonSerializer.Deserialize(Alternatives, CoreJson.Default.ListString) is { Count: > 0 } some ? some : null,
            Answer = Answer,
            Language = Language,
            Link = Link,
        },
        Status is null ? DocumentStatus.Pending : Stored.Enum<DocumentStatus>(Status),
        Stored.Time(CreatedAt),
        Stored.Time(UpdatedAt));
}
