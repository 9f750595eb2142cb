using System.Globalization;
using Chatbot.Core.Extractions;
using Chatbot.Core.TextAnalysis;
using Chatbot.Ingestion.Extracting.Pdf;

namespace Chatbot.Ingestion.Extracting.Office;

/// <summary>What an office file says of itself (<c>docProps/core.xml</c>, <c>meta.xml</c>).</summary>
internal sealed record CoreProperties(string? Title, string? Author, string? Description, string? Language, DateTimeOffset? Modified, DateTimeOffset? Created)
{
    public static readonly CoreProperties None = new(null, null, null, null, null, null);

    public static CoreProperties Read(ZipParts parts)
    {
        var path = parts.Relations("").Values.FirstOrDefault(relation => relation.Type == "core-properties")?.Path ?? "docProps/core.xml";
        if (parts.Load(path) is not { } root) return None;
        string? Value(string name) => root.Child(name)?.Value.Trim() is { Length: > 0 and < 2_000 } value ? value : null;
        return new(PdfInfo.Meaningful(Value("title"), null), Value("creator"), Value("description") ?? Value("subject"), Value("language"), Date(Value("modified")), Date(Value("created")));
    }

    public static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date : null;

    /// <param name="fileName">The title when nothing else is one.</param>
    public Extraction With(IReadOnlyList<Block> blocks, string? heading, string fileName) => new()
    {
        Title = Title ?? heading ?? PlainText.TitleOf(fileName),
        // The declared language is often that of the program; the text knows better.
        Language = LanguageDetector.Detect(string.Join('\n', blocks.Take(50).Select(b => b.Text))) ?? (Language is { Length: >= 2 } declared ? declared[..2].ToLowerInvariant() : null),
        Author = Author,
        Description = Description,
        PublishedAt = Modified ?? Created,
        Blocks = blocks,
    };
}
