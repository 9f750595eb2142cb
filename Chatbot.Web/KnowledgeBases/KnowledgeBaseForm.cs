using System.Globalization;

namespace Chatbot.Web.KnowledgeBases;

/// <summary>What the form of a knowledge base sends: texts as they were typed, so that they can be shown again beside what is wrong with them.</summary>
public sealed class KnowledgeBaseForm
{
    public string? Name { get; set; }

    public string? Title { get; set; }

    /// <summary>Codes apart by blanks or commas.</summary>
    public string? Languages { get; set; }

    public string? Greeting { get; set; }

    public string? Contact { get; set; }

    public string? RefuseBelow { get; set; }

    public string? FaqMatch { get; set; }

    public string? Passages { get; set; }

    public string? PassagesPerPage { get; set; }

    public string? PassageCharacters { get; set; }

    public string? Freshness { get; set; }

    public string? FreshnessDays { get; set; }

    /// <summary>One a line.</summary>
    public string? UrlPrefixes { get; set; }

    public bool Suggestions { get; set; }

    /// <summary>One a line.</summary>
    public string? Starters { get; set; }

    public string? RetentionDays { get; set; }

    /// <summary>topics, text or model.</summary>
    public string? Refusal { get; set; }

    public string? RefusalText { get; set; }

    public bool AskBack { get; set; }

    public string? SystemRole { get; set; }

    public string? BotRole { get; set; }

    /// <summary>Empty: the preferred one.</summary>
    public string? Model { get; set; }

    /// <summary><c>mark</c>, <c>drop</c> or <c>off</c>.</summary>
    public string? Grounding { get; set; }

    /// <summary>One a line.</summary>
    public string? AllowedOrigins { get; set; }

    internal static KnowledgeBaseForm From(KnowledgeBaseDetails it) => new()
    {
        Name = it.Name,
        Title = it.Title,
        Languages = string.Join(' ', it.Settings.Languages ?? []),
        Greeting = it.Settings.Greeting,
        Contact = it.Settings.Contact,
        RefuseBelow = Written(it.Settings.RefuseBelow),
        FaqMatch = Written(it.Settings.FaqMatch),
        Passages = Written(it.Settings.Retrieval?.Passages),
        PassagesPerPage = Written(it.Settings.Retrieval?.PassagesPerPage),
        PassageCharacters = Written(it.Settings.Retrieval?.PassageCharacters),
        Freshness = Written(it.Settings.Retrieval?.Freshness),
        FreshnessDays = Written(it.Settings.Retrieval?.FreshnessDays),
        UrlPrefixes = string.Join('\n', it.Settings.Retrieval?.UrlPrefixes ?? []),
        Suggestions = it.Settings.Suggestions != false,
        Starters = string.Join('\n', it.Settings.Starters ?? []),
        RetentionDays = Written(it.Settings.RetentionDays),
        Refusal = it.Settings.Refusal,
        RefusalText = it.Settings.RefusalText,
        AskBack = it.Settings.AskBack ?? true,
        SystemRole = it.Settings.SystemRole,
        BotRole = it.Settings.BotRole,
        Model = it.Settings.Model,
        Grounding = it.Settings.Grounding,
        AllowedOrigins = string.Join('\n', it.Settings.AllowedOrigins ?? []),
    };

    /// <param name="settings">As they are: what the form does not show stays.</param>
    /// <param name="wrong">What is no number, by the names that the API gives fields.</param>
    internal KnowledgeBaseDraft ToDraft(KnowledgeBaseSettings settings, out IReadOnlyList<string> wrong)
    {
        var fields = new List<string>();
        wrong = fields;
        return new KnowledgeBaseDraft(Name?.Trim(), Title?.Trim(), settings with
        {
            Languages = (Languages ?? "").Split([' ', ',', ';', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
            Greeting = Greeting,
            Contact = Contact,
            RefuseBelow = Number(RefuseBelow, "settings.refuseBelow"),
            FaqMatch = Number(FaqMatch, "settings.faqMatch"),
            Retrieval = new RetrievalSettings
            {
                Passages = Whole(Passages, "settings.retrieval.passages"),
                PassagesPerPage = Whole(PassagesPerPage, "settings.retrieval.passagesPerPage"),
                PassageCharacters = Whole(PassageCharacters, "settings.retrieval.passageCharacters"),
                Freshness = Number(Freshness, "settings.retrieval.freshness"),
                FreshnessDays = Whole(FreshnessDays, "settings.retrieval.freshnessDays"),
                UrlPrefixes = (UrlPrefixes ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            },
            Suggestions = Suggestions,
            Starters = (Starters ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            RetentionDays = Whole(RetentionDays, "settings.retentionDays"),
            Refusal = Refusal,
            RefusalText = RefusalText,
            AskBack = AskBack,
            SystemRole = SystemRole,
            BotRole = BotRole,
            Model = string.IsNullOrEmpty(Model) ? null : Model,
            Grounding = string.IsNullOrEmpty(Grounding) ? null : Grounding,
            AllowedOrigins = (AllowedOrigins ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        });

        double? Number(string? text, string field)
        {
            if (string.IsNullOrWhiteSpace(text)) return null;
            // A comma is what half of Europe types.
            if (double.TryParse(text.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return number;
            fields.Add(field);
            return null;
        }

        int? Whole(string? text, string field)
        {
            if (string.IsNullOrWhiteSpace(text)) return null;
            if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
            fields.Add(field);
            return null;
        }
    }

    private static string? Written(double? number) => number?.ToString(CultureInfo.InvariantCulture);
}
