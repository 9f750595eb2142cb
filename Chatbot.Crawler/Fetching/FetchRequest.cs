namespace Chatbot.Crawler.Fetching;

/// <summary>What to fetch, and what is known of it.</summary>
/// <param name="Url">Normalised.</param>
/// <param name="AllowPrivateAddresses">Loopback and private addresses may be reached.</param>
public sealed record FetchRequest(string Url, bool AllowPrivateAddresses)
{
    /// <summary>The site's own connections; null when it has none.</summary>
    internal Access.SiteSession? Session { get; init; }

    /// <summary>A picture is wanted, and nothing else.</summary>
    public bool IsImage { get; init; }

    /// <summary>The ETag of the version that is known.</summary>
    public string? ETag { get; init; }

    /// <summary>The Last-Modified of the version that is known, as the server wrote it.</summary>
    public string? LastModified { get; init; }
}
