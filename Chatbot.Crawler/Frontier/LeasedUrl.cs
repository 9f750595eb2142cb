namespace Chatbot.Crawler.Frontier;

/// <summary>A URL of a run that this crawler works on, with what is remembered of it from earlier runs.</summary>
internal sealed class LeasedUrl
{
    public string Url { get; set; } = "";

    public string UrlHash { get; set; } = "";

    /// <summary>Links away from a start URL.</summary>
    public int Depth { get; set; }

    /// <summary>The page that led here; null for start URLs, <see cref="FrontierStore.Known"/> for those of earlier runs.</summary>
    public string? FoundOn { get; set; }

    /// <summary>Failed attempts so far.</summary>
    public int Attempts { get; set; }

    /// <summary>How often it was put off because its host asked for patience or was away.</summary>
    public int Waits { get; set; }

    /// <summary>Redirects in a row that led here.</summary>
    public int Redirects { get; set; }

    public string? Etag { get; set; }

    public string? LastModified { get; set; }

    public string? BlobHash { get; set; }

    public string? ContentHash { get; set; }

    /// <summary>The document that this page is; null when it is none.</summary>
    public string? DocumentId { get; set; }

    /// <summary>What was read of it last had been rendered; null when nobody judged whether it should be.</summary>
    public bool? Rendered { get; set; }

    /// <summary>How many pages before it, each leading to the next, said the same but for numbers and dates.</summary>
    public int Recurrence { get; set; }

    /// <summary>JSON list of the page's links.</summary>
    public string? Links { get; set; }
}
