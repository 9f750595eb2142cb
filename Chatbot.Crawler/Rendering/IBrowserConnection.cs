namespace Chatbot.Crawler.Rendering;

/// <summary>A site's own connections as the browser uses them: it is never told a secret, and may run in another process. Safe for concurrent use.</summary>
internal interface IBrowserConnection
{
    /// <summary>Pages of different sessions share no tab.</summary>
    string Key { get; }

    /// <returns>What the server said; null for a host that is not asked by this connection but on the browser's own way.</returns>
    /// <exception cref="HttpRequestException">Nothing was said.</exception>
    Task<BrowserAnswer?> AskAsync(BrowserAsk ask, CancellationToken cancellationToken);
}

/// <summary>What a page asks for.</summary>
/// <param name="Page">The page that asks; absolute, like <paramref name="Url"/>.</param>
internal sealed record BrowserAsk(string Url, string Method, string Page, IReadOnlyList<BrowserHeader> Headers, string? Body);

/// <param name="Body">Unpacked.</param>
internal sealed record BrowserAnswer(int Status, IReadOnlyList<BrowserHeader> Headers, byte[] Body);

internal sealed record BrowserHeader(string Name, string Value);
