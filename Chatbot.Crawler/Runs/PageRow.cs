namespace Chatbot.Crawler.Runs;

/// <summary>What is remembered of a URL of a site: a row of the table <c>pages</c>.</summary>
internal sealed class PageRow
{
    public string Url { get; set; } = "";

    public string UrlHash { get; set; } = "";

    public string? DocumentId { get; set; }

    public string? ContentHash { get; set; }

    /// <summary>Hash of the URL that is kept in its place, because it is nearly the same.</summary>
    public string? NearTo { get; set; }
}
