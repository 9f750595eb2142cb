using System.Globalization;
using System.Runtime.CompilerServices;
using Chatbot.Crawler.Access;
using Chatbot.Crawler.Fetching;

namespace Chatbot.Crawler.Rendering;

/// <summary>The browser's requests by way of a site's session: so the same rules hold for what goes to whom.</summary>
internal sealed class SessionConnection(SiteSession session, FetchOptions limits) : IBrowserConnection
{
    // HTTP's own; the client sets them.
    private static readonly HashSet<string> s_ownHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Content-Length", "Content-Type", "Accept-Encoding", "Cookie", "Transfer-Encoding", "Proxy-Connection",
    };

    // They speak of the body as it came; it is handed over unpacked.
    private static readonly HashSet<string> s_bodyHeaders = new(StringComparer.OrdinalIgnoreCase) { "Content-Encoding", "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive" };

    public string Key { get; } = RuntimeHelpers.GetHashCode(session).ToString(CultureInfo.InvariantCulture);

    public async Task<BrowserAnswer?> AskAsync(BrowserAsk ask, CancellationToken cancellationToken)
    {
        if (!session.Handles(new Uri(ask.Url)))
            return null;

        try
        {
            using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            clock.CancelAfter(limits.ConnectTimeout + limits.ResponseTimeout + limits.BodyTimeout);
            using var message = Message(ask);
            using var response = await session.SendAsync(message, new Uri(ask.Page), clock.Token);
            await response.Content.LoadIntoBufferAsync(limits.MaxPageBytes, clock.Token);
            return new BrowserAnswer(
                (int)response.StatusCode,
                [.. response.Headers.Concat(response.Content.Headers).Where(h => !s_bodyHeaders.Contains(h.Key)).SelectMany(h => h.Value, (h, value) => new BrowserHeader(h.Key, value))],
                await response.Content.ReadAsByteArrayAsync(clock.Token));
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or InvalidDataException or InvalidOperationException or FormatException)
        {
            throw new HttpRequestException(error.Message, error);
        }
    }

    private static HttpRequestMessage Message(BrowserAsk ask)
    {
        var message = new HttpRequestMessage(new HttpMethod(ask.Method), ask.Url)
        {
            Version = System.Net.HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        string? type = null;
        foreach (var (name, value) in ask.Headers)
        {
            if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
                type = value;
            if (!s_ownHeaders.Contains(name))
                message.Headers.TryAddWithoutValidation(name, value);
        }

        if (ask.Body is { } text)
        {
            message.Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(text));
            if (type is not null)
                message.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        return message;
    }
}
