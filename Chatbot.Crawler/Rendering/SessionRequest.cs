using System.Text.Json;
using Chatbot.Crawler.Access;
using Chatbot.Crawler.Fetching;
using Microsoft.Playwright;

namespace Chatbot.Crawler.Rendering;

/// <summary>
/// What a page asks for where its site has connections of its own: the request is sent by the crawler, so that the browser
/// is never told a secret and the same rules hold for what goes to whom.
/// </summary>
internal static class SessionRequest
{
    // HTTP's own; the client sets them.
    private static readonly HashSet<string> s_ownHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Content-Length", "Content-Type", "Accept-Encoding", "Cookie", "Transfer-Encoding", "Proxy-Connection",
    };

    // They speak of the body as it came; it is handed over unpacked.
    private static readonly HashSet<string> s_bodyHeaders = new(StringComparer.OrdinalIgnoreCase) { "Content-Encoding", "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive" };

    public static async Task AnswerAsync(BrowserTab tab, SiteSession session, JsonElement paused, Uri page, FetchOptions limits)
    {
        var id = paused.GetProperty("requestId").GetString()!;
        var request = paused.GetProperty("request");
        if (!Uri.TryCreate(request.GetProperty("url").GetString(), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            await tab.RefuseAsync(paused, "BlockedByClient");
            return;
        }

        if (!session.Handles(url))
        {
            // Another host: on its own way, through the proxy under the rule for addresses.
            await tab.Session.SendAsync("Fetch.continueRequest", new() { ["requestId"] = id });
            return;
        }

        try
        {
            using var clock = new CancellationTokenSource(limits.ConnectTimeout + limits.ResponseTimeout + limits.BodyTimeout);
            using var message = Message(url, request);
            using var response = await session.SendAsync(message, page, clock.Token);
            await response.Content.LoadIntoBufferAsync(limits.MaxPageBytes, clock.Token);
            var body = await response.Content.ReadAsByteArrayAsync(clock.Token);
            await tab.Session.SendAsync("Fetch.fulfillRequest", new()
            {
                ["requestId"] = id,
                ["responseCode"] = (int)response.StatusCode,
                ["responseHeaders"] = response.Headers.Concat(response.Content.Headers).Where(h => !s_bodyHeaders.Contains(h.Key))
                    .SelectMany(h => h.Value, (h, value) => new Dictionary<string, object> { ["name"] = h.Key, ["value"] = value }).ToList(),
                ["body"] = Convert.ToBase64String(body),
            });
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException or InvalidDataException or InvalidOperationException or FormatException)
        {
            await tab.RefuseAsync(paused, "ConnectionFailed");
        }
    }

    private static HttpRequestMessage Message(Uri url, JsonElement request)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.GetProperty("method").GetString()!), url)
        {
            Version = System.Net.HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        string? type = null;
        foreach (var header in request.GetProperty("headers").EnumerateObject())
        {
            if (header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
                type = header.Value.GetString();
            if (!s_ownHeaders.Contains(header.Name))
                message.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString());
        }

        if (request.TryGetProperty("postData", out var data) && data.GetString() is { } text)
        {
            message.Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(text));
            if (type is not null)
                message.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        return message;
    }
}
