namespace Chatbot.Core.Sites;

/// <summary>How pictures of text are read on a site.</summary>
public sealed record SiteReading
{
    /// <summary>Two-letter codes of the languages that scans and pictures are in, the most frequent first; empty takes those of the knowledge base.</summary>
    public IReadOnlyList<string> Languages { get; init => field = value ?? []; } = [];

    /// <summary>Text in pictures on pages is read, too. Off unless asked for: each picture is fetched and takes a second of a core.</summary>
    public bool Images { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsDefault => Languages.Count == 0 && !Images;
}
