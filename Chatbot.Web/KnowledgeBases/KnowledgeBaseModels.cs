using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chatbot.Web.KnowledgeBases;

/// <summary>A knowledge base with what may be set of it.</summary>
internal sealed record KnowledgeBaseDetails(string Id, string Name, string Title, KnowledgeBaseSettings Settings, DateTimeOffset CreatedAt);

/// <param name="Name">Of a new one.</param>
internal sealed record KnowledgeBaseDraft(string? Name, string? Title, KnowledgeBaseSettings Settings);

internal sealed record KnowledgeBaseSettings
{
    public IReadOnlyList<string>? Languages { get; init; }

    public IReadOnlyList<string>? AllowedOrigins { get; init; }

    public string? Contact { get; init; }

    public string? Greeting { get; init; }

    public double? RefuseBelow { get; init; }

    public double? FaqMatch { get; init; }

    public RetrievalSettings? Retrieval { get; init; }

    public bool? Suggestions { get; init; }

    public IReadOnlyList<string>? Starters { get; init; }

    public int? RetentionDays { get; init; }

    /// <summary>topics, text or model.</summary>
    public string? Refusal { get; init; }

    public string? RefusalText { get; init; }

    public bool? AskBack { get; init; }

    public string? SystemRole { get; init; }

    public string? BotRole { get; init; }

    public string? Model { get; init; }

    /// <inheritdoc cref="KnowledgeBaseForm.Grounding"/>
    public string? Grounding { get; init; }

    /// <summary>What this form does not show: it is saved as it was.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}

/// <summary>How passages are chosen; null is as for all.</summary>
internal sealed record RetrievalSettings
{
    public int? Passages { get; init; }

    public int? PassagesPerPage { get; init; }

    public int? PassageCharacters { get; init; }

    public double? Freshness { get; init; }

    public int? FreshnessDays { get; init; }

    public IReadOnlyList<string>? UrlPrefixes { get; init; }
}
