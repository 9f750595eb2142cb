namespace Chatbot.Web.Faqs;

/// <summary>What the form of an entry sends: texts as they were typed, so that they can be shown again beside what is wrong with them.</summary>
public sealed class FaqForm
{
    public string? KnowledgeBase { get; set; }

    public string? Question { get; set; }

    /// <summary>One a line.</summary>
    public string? Alternatives { get; set; }

    public string? Answer { get; set; }

    /// <summary>Empty detects it.</summary>
    public string? Language { get; set; }

    public string? Link { get; set; }

    /// <summary>The message whose feedback becomes this entry; null when none does.</summary>
    public string? Feedback { get; set; }

    internal static FaqForm From(FaqDraft entry) => new()
    {
        KnowledgeBase = entry.KnowledgeBase,
        Question = entry.Question,
        Alternatives = string.Join('\n', entry.Alternatives ?? []),
        Answer = entry.Answer,
        Language = entry.Language,
        Link = entry.Link,
    };

    internal FaqDraft ToDraft() => new()
    {
        KnowledgeBase = KnowledgeBase,
        Question = Question,
        Alternatives = (Alternatives ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        Answer = Answer,
        Language = Language,
        Link = Link,
    };
}
