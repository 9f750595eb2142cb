using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;

namespace Chatbot.Crawler.Rendering;

/// <summary>One look at one page.</summary>
internal sealed class PageVisit(BrowserTab tab, RenderRequest request, CrawlerOptions options)
{
    private static readonly TimeSpan s_moment = TimeSpan.FromSeconds(1);

    private static readonly string s_reader = ReadScript();

    private readonly TaskCompletionSource<RenderResult> _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _leaving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _frame;
    private volatile string? _left;
    private int _world;

    public RenderRequest Request => request;

    public NetworkQuiet Network { get; } = new();

    /// <exception cref="PlaywrightException">The page or the browser broke.</exception>
    public async Task<RenderResult> RunAsync(CancellationToken cancellationToken)
    {
        // A page that hangs answers nothing, so the wait as a whole ends with the token.
        var result = await await Task.WhenAny(ReadAsync(cancellationToken), _broken.Task).WaitAsync(cancellationToken);
        return result;
    }

    public void Break(string reason) => _broken.TrySetException(new PlaywrightException(reason));

    /// <summary>The document itself is handed over as it was fetched; other documents are refused.</summary>
    public async Task AnswerAsync(JsonElement paused)
    {
        var frame = paused.GetProperty("frameId").GetString()!;
        var isThis = Uri.TryCreate(paused.GetProperty("request").GetProperty("url").GetString(), UriKind.Absolute, out var url) && IsSame(url);
        if (_frame is null && isThis)
        {
            _frame = frame;
            await tab.Session.SendAsync("Fetch.fulfillRequest", new()
            {
                ["requestId"] = paused.GetProperty("requestId").GetString()!,
                ["responseCode"] = 200,
                ["responseHeaders"] = Headers(),
                ["body"] = Convert.ToBase64String(request.Body.Span),
            });
            return;
        }

        // Frames are pages of their own. The page itself stays where it is: where a script leads it is noted, and
        // visited by the rules for all URLs. One that loads itself again would do so for ever.
        if (frame == _frame && !isThis && url?.Scheme is "http" or "https")
        {
            _left ??= url!.AbsoluteUri;
            _leaving.TrySetResult();
        }

        await tab.RefuseAsync(paused, "Aborted");
    }

    private async Task<RenderResult> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var arrival = tab.Page.GotoAsync(request.Url, new PageGotoOptions { WaitUntil = WaitUntilState.DOMContentLoaded, Timeout = 0 });
            // A script that leads away while the document is still being read lets nobody arrive.
            await await Task.WhenAny(arrival, _leaving.Task);
        }
        catch (PlaywrightException)
        {
            // Where to is told by another event, which may come a moment later.
            await Task.WhenAny(_leaving.Task, Task.Delay(s_moment, cancellationToken));
            if (_left is null)
                throw;
        }

        if (_left is not null)
            return new RenderResult.Redirected(_left);

        var world = await tab.Session.SendAsync("Page.createIsolatedWorld", new() { ["frameId"] = _frame!, ["worldName"] = "reader" });
        _world = world!.Value.GetProperty("executionContextId").GetInt32();
        await EvaluateAsync($"globalThis.reader = {s_reader}, true");

        var isSettled = await SettleAsync(cancellationToken);
        for (var scrolls = 0; isSettled && _left is null && scrolls < options.Render.MaxScrolls; scrolls++)
        {
            if (!(await EvaluateAsync("reader.scroll()")).GetBoolean())
                break;
            isSettled = await SettleAsync(cancellationToken);
        }

        if (_left is not null)
            return new RenderResult.Redirected(_left);

        var html = (await EvaluateAsync($"reader.serialise({options.Fetch.MaxPageBytes})")).GetString()!;
        return new RenderResult.Rendered(Encoding.UTF8.GetBytes(html), isSettled);
    }

    /// <summary>Waits until nothing is under way and nothing changes.</summary>
    /// <returns>False when that did not come to pass in time.</returns>
    private async Task<bool> SettleAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (_left is null)
        {
            var left = options.Render.SettleTimeout - Stopwatch.GetElapsedTime(started);
            if (left <= TimeSpan.Zero || !await Network.WaitAsync(left, cancellationToken))
                return false;

            var seen = Network.Started;
            if (!(await EvaluateAsync(FormattableString.Invariant($"reader.settle({options.Render.Quiet.TotalMilliseconds:0}, {left.TotalMilliseconds:0})"))).GetBoolean())
                return false;
            // Quiet, and nothing was asked for meanwhile.
            if (Network.IsIdle && Network.Started == seen)
                return true;
        }

        return true;
    }

    private async Task<JsonElement> EvaluateAsync(string expression)
    {
        var answer = await tab.Session.SendAsync("Runtime.evaluate", new()
        {
            ["expression"] = expression,
            ["contextId"] = _world,
            ["awaitPromise"] = true,
            ["returnByValue"] = true,
        });
        if (answer!.Value.TryGetProperty("exceptionDetails", out var thrown))
            throw new PlaywrightException($"the page could not be read: {thrown}");

        return answer.Value.GetProperty("result").GetProperty("value");
    }

    private bool IsSame(Uri url) => url.GetLeftPart(UriPartial.Query) == new Uri(request.Url).GetLeftPart(UriPartial.Query);

    private List<Dictionary<string, object>> Headers() =>
    [
        new() { ["name"] = "Content-Type", ["value"] = request.Charset is { } charset && charset.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? $"text/html; charset={charset}" : "text/html" },
        .. request.SetCookies.Select(cookie => new Dictionary<string, object> { ["name"] = "Set-Cookie", ["value"] = cookie }),
    ];

    private static string ReadScript()
    {
        using var reader = new StreamReader(typeof(PageVisit).Assembly.GetManifestResourceStream("Chatbot.Crawler.Rendering.reader.js")!);
        return reader.ReadToEnd();
    }
}
