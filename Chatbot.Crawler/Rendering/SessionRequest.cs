using System.Text.Json;

namespace Chatbot.Crawler.Rendering;

/// <summary>What a page asks for where its site has connections of its own: the request is sent by the crawler.</summary>
internal static class SessionRequest
{
    public static async Task AnswerAsync(BrowserTab tab, IBrowserConnection connection, JsonElement paused, string page)
    {
        var id = paused.GetProperty("requestId").GetString()!;
        var request = paused.GetProperty("request");
        if (!Uri.TryCreate(request.GetProperty("url").GetString(), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            await tab.RefuseAsync(paused, "BlockedByClient");
            return;
        }

        try
        {
            // The connection has a time limit of its own.
            if (await connection.AskAsync(Ask(url, request, page), CancellationToken.None) is not { } answer)
            {
                // Another host: on its own way, through the proxy under the rule for addresses.
                await tab.Session.SendAsync("Fetch.continueRequest", new() { ["requestId"] = id });
                return;
            }

            await tab.Session.SendAsync("Fetch.fulfillRequest", new()
            {
                ["requestId"] = id,
                ["responseCode"] = answer.Status,
                ["responseHeaders"] = answer.Headers.Select(h => new Dictionary<string, object> { ["name"] = h.Name, ["value"] = h.Value }).ToList(),
                ["body"] = Convert.ToBase64String(answer.Body),
            });
        }
        catch (HttpRequestException)
        {
            await tab.RefuseAsync(paused, "ConnectionFailed");
        }
    }

    private static BrowserAsk Ask(Uri url, JsonElement request, string page) => new(
        url.AbsoluteUri,
        request.GetProperty("method").GetString()!,
        page,
        [.. request.GetProperty("headers").EnumerateObject().Select(h => new BrowserHeader(h.Name, h.Value.GetString() ?? ""))],
        request.TryGetProperty("postData", out var data) ? data.GetString() : null);
}
