namespace Chatbot.Crawler.Previews;

/// <summary>What a look at one URL came to.</summary>
/// <param name="Reason">Why it is no document; null when it is one.</param>
internal sealed record PreviewVisit(string? Reason, string? Detail)
{
    public int? Status { get; init; }

    public string? ContentType { get; init; }

    public long? Bytes { get; init; }

    /// <summary>Where it leads, as it is written there.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>The address to look at in its place.</summary>
    public string? Instead { get; init; }

    public string? ContentHash { get; init; }

    public int PdfPages { get; init; }

    public long Tokens { get; init; }

    public bool NeedsBrowser { get; init; }
}
