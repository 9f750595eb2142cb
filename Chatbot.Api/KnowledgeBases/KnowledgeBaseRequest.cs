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

    internal void CheckFields(FieldErrors errors)
    {
        errors.Check(Title?.Trim().Length is > 0 and <= LongestTitle, "title", $"1 to {LongestTitle} characters.");
        errors.Check((Settings?.Contact?.Length ?? 0) <= LongestLine, "settings.contact", $"At most {LongestLine} characters.");
        errors.Check((Settings?.Greeting?.Length ?? 0) <= LongestLine, "settings.greeting", $"At most {LongestLine} characters.");
        errors.Check(Settings?.RefuseBelow is null or >= 0 and <= 1, "settings.refuseBelow", "A likelihood from 0 to 1.");
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
            Languages = [.. (Settings?.Languages ?? []).Distinct()],
            AllowedOrigins = [.. (Settings?.AllowedOrigins ?? []).Select(origin => origin.TrimEnd('/').ToLowerInvariant()).Distinct()],
            Contact = string.IsNullOrWhiteSpace(Settings?.Contact) ? null : Settings.Contact.Trim(),
            Greeting = string.IsNullOrWhiteSpace(Settings?.Greeting) ? null : Settings.Greeting.Trim(),
        };
    }

    private static bool IsOrigin(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && uri.UserInfo.Length == 0
        && string.Equals(text.TrimEnd('/'), uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
}

/// <inheritdoc cref="KnowledgeBaseSettings"/>
public sealed record SettingsRequest(IReadOnlyList<string>? Languages, IReadOnlyList<string>? AllowedOrigins, string? Contact, string? Greeting, double? RefuseBelow = null);
