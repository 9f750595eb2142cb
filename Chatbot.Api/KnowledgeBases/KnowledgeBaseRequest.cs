using Chatbot.Api.Answering.Wording;
using Chatbot.Api.Http;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Api.KnowledgeBases;

/// <summary>A knowledge base as an editor writes it.</summary>
/// <param name="Name">To create one; it stays from then on.</param>
public sealed record KnowledgeBaseRequest(string? Name, string? Title, SettingsRequest? Settings)
{
    private const int LongestTitle = 200;
    private const int LongestLine = 500;
    private const int MostStarters = 24;
    private const int LongestStarter = 200;
    private const int LongestRetention = 3_650;
    private const int LongestRole = 4_000;

    /// <param name="models">Those that are configured.</param>
    /// <param name="known">The model that is set already: it may be away for a while.</param>
    internal void CheckFields(FieldErrors errors, IReadOnlyList<string> models, string? known)
    {
        var model = Clean(Settings?.Model);
        errors.Check(model is null || model == known || models.Contains(model), "settings.model", models.Count == 0 ? "No language model is configured." : $"One of the configured models: {string.Join(", ", models)}.");
        errors.Check(Title?.Trim().Length is > 0 and <= LongestTitle, "title", $"1 to {LongestTitle} characters.");
        errors.Check((Settings?.Contact?.Length ?? 0) <= LongestLine, "settings.contact", $"At most {LongestLine} characters.");
        errors.Check((Settings?.Greeting?.Length ?? 0) <= LongestLine, "settings.greeting", $"At most {LongestLine} characters.");
        errors.Check((Settings?.SystemRole?.Length ?? 0) <= LongestRole, "settings.systemRole", $"At most {LongestRole} characters.");
        errors.Check((Settings?.BotRole?.Length ?? 0) <= LongestLine, "settings.botRole", $"At most {LongestLine} characters.");
        errors.Check((Settings?.RefusalText?.Length ?? 0) <= LongestRole, "settings.refusalText", $"At most {LongestRole} characters.");
        errors.Check(Settings?.Refusal != RefusalStrategy.Text || !string.IsNullOrWhiteSpace(Settings.RefusalText), "settings.refusalText", "Write what is to be said.");
        errors.Check(Settings?.RefuseBelow is null or >= 0 and <= 1, "settings.refuseBelow", "A likelihood from 0 to 1.");
        errors.Check(Settings?.FaqMatch is null or 0 or >= 0.8 and <= 1, "settings.faqMatch", "A cosine from 0.8 to 1, or 0 for never.");
        errors.Check(Settings?.RetentionDays is null or >= 1 and <= LongestRetention, "settings.retentionDays", $"1 to {LongestRetention} days.");
        Settings?.Retrieval?.CheckFields(errors);
        errors.Check((Settings?.Starters?.Count ?? 0) <= MostStarters, "settings.starters", $"At most {MostStarters} questions.");
        errors.Check((Settings?.Starters ?? []).All(text => text?.Trim().Length is > 0 and <= LongestStarter), "settings.starters", $"1 to {LongestStarter} characters each.");
        foreach (var language in Settings?.Languages ?? [])
            errors.Check(language is { Length: 2 } && language.All(char.IsAsciiLetterLower), "settings.languages", $"Two-letter codes such as {string.Join(", ", Languages.Known)}; \"{language}\" is none.");
        foreach (var origin in Settings?.AllowedOrigins ?? [])
            errors.Check(IsOrigin(origin), "settings.allowedOrigins", $"Origins look like https://www.example.org, without a path; \"{origin}\" does not.");
    }

    internal KnowledgeBaseSettings CleanSettings()
    {
        return new KnowledgeBaseSettings
        {
            RefuseBelow = Settings?.RefuseBelow,
            FaqMatch = Settings?.FaqMatch,
            RetentionDays = Settings?.RetentionDays,
            Retrieval = Settings?.Retrieval?.Clean() ?? new RetrievalSettings(),
            Suggestions = Settings?.Suggestions,
            Starters = [.. (Settings?.Starters ?? []).Select(text => text.Trim()).Distinct()],
            Model = Clean(Settings?.Model),
            Grounding = Settings?.Grounding ?? GroundingMode.Mark,
            Languages = [.. (Settings?.Languages ?? []).Distinct()],
            AllowedOrigins = [.. (Settings?.AllowedOrigins ?? []).Select(origin => origin.TrimEnd('/').ToLowerInvariant()).Distinct()],
            Contact = string.IsNullOrWhiteSpace(Settings?.Contact) ? null : Settings.Contact.Trim(),
            Greeting = Clean(Settings?.Greeting),
            Refusal = Settings?.Refusal ?? RefusalStrategy.Topics,
            AskBack = Settings?.AskBack == false ? false : null,
            RefusalText = Clean(Settings?.RefusalText),
            SystemRole = Clean(Settings?.SystemRole),
            BotRole = Clean(Settings?.BotRole),
        };
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static bool IsOrigin(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && uri.UserInfo.Length == 0
        && string.Equals(text.TrimEnd('/'), uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
}

/// <inheritdoc cref="KnowledgeBaseSettings"/>
public sealed record SettingsRequest(IReadOnlyList<string>? Languages, IReadOnlyList<string>? AllowedOrigins, string? Contact, string? Greeting, double? RefuseBelow = null)
{
    /// <inheritdoc cref="KnowledgeBaseSettings.Model"/>
    public string? Model { get; init; }

    /// <inheritdoc cref="KnowledgeBaseSettings.Grounding"/>
    public GroundingMode? Grounding { get; init; }

    /// <inheritdoc cref="KnowledgeBaseSettings.FaqMatch"/>
    public double? FaqMatch { get; init; }

    /// <inheritdoc cref="KnowledgeBaseSettings.Retrieval"/>
    public RetrievalRequest? Retrieval { get; init; }

    /// <inheritdoc cref="KnowledgeBaseSettings.RetentionDays"/>
    public int? RetentionDays { get; init; }

    /// <inheritdoc cref="KnowledgeBaseSettings.Suggestions"/>
    public bool? Suggestions { get; init; }

    /// <inheritdoc cref="KnowledgeBaseSettings.Starters"/>
    public IReadOnlyList<string>? Starters { get; init; }

    public string? SystemRole { get; init; }

    public RefusalStrategy? Refusal { get; init; }

    public string? RefusalText { get; init; }

    public bool? AskBack { get; init; }

    public string? BotRole { get; init; }
}
