namespace Chatbot.Crawler.Rendering;

/// <summary>A page to render, as it was fetched: the browser is given these bytes and asks the server for the rest alone.</summary>
/// <param name="Url">Where it was fetched; http or https.</param>
/// <param name="Charset">As declared by the server.</param>
/// <param name="SiteId">Pages of one site share cookies and cache, those of two never do.</param>
/// <param name="AllowPrivateAddresses">The page may reach loopback and private addresses.</param>
internal sealed record RenderRequest(string Url, ReadOnlyMemory<byte> Body, string? Charset, string SiteId, bool AllowPrivateAddresses)
{
    /// <summary>The site's own connections, for the browser, too; null when it has none.</summary>
    public IBrowserConnection? Connection { get; init; }

    /// <summary>The <c>Set-Cookie</c> headers that came with it.</summary>
    public IReadOnlyList<string> SetCookies { get; init; } = [];
}
