namespace Chatbot.Core.Extractions;

/// <summary>The structured text of a blob, in reading order.</summary>
public sealed record Extraction
{
    public string? Title { get; init; }

    /// <summary>Two-letter code as declared or detected; null when it could not be told.</summary>
    public string? Language { get; init; }

    public string? Description { get; init; }

    public string? Author { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Where readers find it, when that is not the address of the document itself.</summary>
    public string? Link { get; init; }

    public required IReadOnlyList<Block> Blocks { get; init; }

    /// <summary>Pages of a paged document; 0 for others.</summary>
    public int Pages { get; init; }

    /// <summary>How many of the pages were read by OCR.</summary>
    public int OcrPages { get; init; }

    /// <summary>What of it could not be read and why, for people; null when all was.</summary>
    public string? Note { get; init; }

    /// <summary>The blocks as plain text, a line break apart.</summary>
    public string ToPlainText() => string.Join('\n', Blocks.Select(b => b.Text));
}
