using System.Text.Json.Serialization;

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

    /// <summary>What its links are relative to, as the document says (<c>base</c> in HTML); null for its own address.</summary>
    public string? Base { get; init; }

    public required IReadOnlyList<Block> Blocks { get; init; }

    /// <summary>Pictures within an office file, in the order of their places; null when there are none, and for other documents.</summary>
    public IReadOnlyList<EmbeddedPicture>? Pictures { get; init; }

    /// <summary>Pages of a paged document; 0 for others.</summary>
    public int Pages { get; init; }

    /// <summary>How many of the pages were read by OCR.</summary>
    public int OcrPages { get; init; }

    /// <summary>What of it could not be read and why, for people; null when all was.</summary>
    public string? Note { get; init; }

    /// <summary>Reading it again may give more: a program or a language was not there. Not kept.</summary>
    [JsonIgnore]
    public bool IsProvisional { get; init; }

    /// <summary>The blocks as plain text, a line break apart.</summary>
    public string ToPlainText() => string.Join('\n', Blocks.Select(b => b.Text));

    /// <summary>The same with absolute links. What is kept for its bytes has them as they are written: the bytes may come from anywhere.</summary>
    /// <param name="address">Of the document; relative links of one that has no web address lead nowhere.</param>
    public Extraction At(string address)
    {
        if (!Blocks.Any(block => block.Links is not null || block.Images is not null)) return this;
        var own = Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;
        var from = Base is null ? own : own is null ? Absolute(Base) : Uri.TryCreate(own, Base, out var declared) && declared.Scheme is "http" or "https" ? declared : own;
        return this with { Blocks = [.. Blocks.Select(block => block.Links is null && block.Images is null
            ? block
            : block with { Links = block.Links is null ? null : Resolved(block.Links, from), Images = block.Images is null ? null : Addresses(block.Images, from) })] };
    }

    private static List<string>? Addresses(IReadOnlyList<string> images, Uri? from)
    {
        var resolved = images.Select(image => LinkTarget.Resolve(from, image)).OfType<string>().Where(url => url.StartsWith("http", StringComparison.Ordinal)).ToList();
        return resolved.Count == 0 ? null : resolved;
    }

    private static Uri? Absolute(string address) => Uri.TryCreate(address, UriKind.Absolute, out var url) ? url : null;

    private static List<TextLink>? Resolved(IReadOnlyList<TextLink> links, Uri? from)
    {
        var resolved = new List<TextLink>(links.Count);
        foreach (var link in links)
            if (LinkTarget.Resolve(from, link.Url) is { } url) resolved.Add(link with { Url = url });
        return resolved.Count == 0 ? null : resolved;
    }
}
