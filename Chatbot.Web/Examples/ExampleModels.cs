namespace Chatbot.Web.Examples;

/// <summary>An example as the API gives it.</summary>
internal sealed record Example(string Id, string Intent, string Text, string? Language, string? Link, DateTimeOffset UpdatedAt);

internal sealed record ExampleDraft(string? KnowledgeBase, string? Intent, string? Text, string? Language, string? Link);

/// <param name="Answers">By two-letter code, those for all other languages under an empty one.</param>
internal sealed record Intent(string Name, bool IsBuiltIn, Dictionary<string, string> Answers, string? Template, int Examples, int ShippedExamples);

internal sealed record IntentDraft(Dictionary<string, string> Answers, string? Template);

internal sealed record RouteTrial(string? KnowledgeBase, string? Question);

/// <param name="By">none, sameWords, example or model.</param>
internal sealed record RouteReply(string Intent, string By, double Score, IReadOnlyList<NearExample> Nearest);

internal sealed record NearExample(string Intent, string Text, string? Language, double Score, bool IsShipped);

/// <summary>What became of an import.</summary>
internal sealed record ExampleImportReply(int Created, int Changed, int Rejected, int Deleted, IReadOnlyList<string> Problems);

/// <summary>What the forms of examples and intents send.</summary>
public sealed class ExampleForm
{
    public string? Intent { get; set; }

    public string? Text { get; set; }

    public string? Language { get; set; }

    public string? Link { get; set; }
}

public sealed class IntentForm
{
    public string? Name { get; set; }

    public string? Template { get; set; }

    public string? AnswerAll { get; set; }

    public string? AnswerDe { get; set; }

    public string? AnswerEn { get; set; }

    public string? AnswerFr { get; set; }

    public string? AnswerZh { get; set; }

    internal static IntentForm From(Intent it) => new()
    {
        Name = it.Name,
        Template = it.Template,
        AnswerAll = it.Answers.GetValueOrDefault(""),
        AnswerDe = it.Answers.GetValueOrDefault("de"),
        AnswerEn = it.Answers.GetValueOrDefault("en"),
        AnswerFr = it.Answers.GetValueOrDefault("fr"),
        AnswerZh = it.Answers.GetValueOrDefault("zh"),
    };

    internal IntentDraft ToDraft() => new(
        new[] { ("", AnswerAll), ("de", AnswerDe), ("en", AnswerEn), ("fr", AnswerFr), ("zh", AnswerZh) }
            .Where(answer => !string.IsNullOrWhiteSpace(answer.Item2)).ToDictionary(answer => answer.Item1, answer => answer.Item2!),
        Template);
}
