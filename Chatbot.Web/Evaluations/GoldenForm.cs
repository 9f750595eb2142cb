namespace Chatbot.Web.Evaluations;

/// <summary>What the form of a golden question sends: texts as they were typed.</summary>
public sealed class GoldenForm
{
    public string? KnowledgeBase { get; set; }

    public string? Name { get; set; }

    public string? Question { get; set; }

    public string? Language { get; set; }

    public string? Kind { get; set; }

    /// <summary>One a line.</summary>
    public string? Pages { get; set; }

    /// <summary>One a line.</summary>
    public string? Phrases { get; set; }

    /// <summary><c>true</c> when it is to stay a draft.</summary>
    public string? Draft { get; set; }

    internal static GoldenForm From(GoldenDraft it) => new()
    {
        KnowledgeBase = it.KnowledgeBase,
        Name = it.Name,
        Question = it.Question,
        Language = it.Language,
        Kind = it.Kind,
        Pages = string.Join('\n', it.ExpectedPages ?? []),
        Phrases = string.Join('\n', it.ExpectedPhrases ?? []),
    };

    internal GoldenDraft ToDraft() => new()
    {
        KnowledgeBase = KnowledgeBase,
        Name = Name,
        Question = Question,
        Language = Language,
        Kind = Kind,
        ExpectedPages = Lines(Pages),
        ExpectedPhrases = Lines(Phrases),
        Draft = Draft == "true",
    };

    private static string[] Lines(string? text) => (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
