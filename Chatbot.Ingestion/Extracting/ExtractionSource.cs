namespace Chatbot.Ingestion.Extracting;

/// <summary>Bytes to be read, with what is known of them.</summary>
/// <param name="Name">URL or file name; tells the type where the content type does not.</param>
/// <param name="ContentType">As the server said, with its parameters; null when unknown.</param>
public sealed record ExtractionSource(ReadOnlyMemory<byte> Bytes, string Name, string? ContentType)
{
    /// <summary>Two-letter codes of the languages that pictures of text are in, the most frequent first; empty takes the configured ones.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>The content type without parameters, lower case; null when unknown.</summary>
    public string? MediaType => ContentType?.Split(';', 2)[0].Trim().ToLowerInvariant() is { Length: > 0 } type ? type : null;

    /// <summary>The extension of the name, lower case, without the dot; empty when it has none.</summary>
    public string Extension
    {
        get
        {
            var path = Uri.TryCreate(Name, UriKind.Absolute, out var url) ? url.AbsolutePath : Name;
            return Path.GetExtension(path).TrimStart('.').ToLowerInvariant();
        }
    }
}
