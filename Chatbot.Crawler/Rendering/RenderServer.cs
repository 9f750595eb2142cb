using System.Collections.Concurrent;

namespace Chatbot.Crawler.Rendering;

/// <summary>Renders for a crawler that is another process, until that one hangs up.</summary>
internal sealed class RenderServer(IPageRenderer renderer, RenderWire wire)
{
    private readonly ConcurrentDictionary<long, CancellationTokenSource> _pages = new();
    private readonly ConcurrentDictionary<long, TaskCompletionSource<RenderReply>> _asked = new();
    private long _lastAsk;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var visits = new HashSet<Task>();
        try
        {
            while (await wire.ReadAsync(stop.Token) is { } message)
            {
                visits.RemoveWhere(v => v.IsCompleted);
                if (message.Task is { } task)
                    visits.Add(RenderAsync(message.Id, task, stop.Token));
                else if (message.Reply is { } reply && _asked.TryRemove(message.Id, out var waiting))
                    waiting.TrySetResult(reply);
                else if (message.IsCancelled && _pages.TryGetValue(message.Id, out var page))
                    await page.CancelAsync();
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The crawler is gone, or this process is to end.
        }

        await stop.CancelAsync();
        foreach (var waiting in _asked.Values)
            waiting.TrySetResult(new RenderReply(null, IsBroken: true));
        await Task.WhenAll(visits).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RenderAsync(long id, RenderTask task, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _pages[id] = stop;
        await Task.Yield();
        try
        {
            var request = new RenderRequest(task.Url, task.Body, task.Charset, task.SiteId, task.AllowPrivateAddresses)
            {
                SetCookies = task.SetCookies,
                Connection = task.Connection is { } key ? new Connection(this, id, key) : null,
            };
            var end = await renderer.RenderAsync(request, stop.Token) switch
            {
                RenderResult.Rendered(var html, var isSettled) => new RenderEnd(RenderEndKind.Rendered, null, html.ToArray(), isSettled),
                RenderResult.Redirected(var location) => new RenderEnd(RenderEndKind.Redirected, location, null, false),
                RenderResult.NoBrowser(var detail) => new RenderEnd(RenderEndKind.NoBrowser, detail, null, false),
                RenderResult.Failed(var detail) => new RenderEnd(RenderEndKind.Failed, detail, null, false),
                var other => throw new System.Diagnostics.UnreachableException($"Unhandled {other}"),
            };
            await wire.WriteAsync(new RenderMessage(id) { End = end }, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for it.
        }
        catch (IOException)
        {
            // The crawler is gone, which the reader sees, too.
        }
        finally
        {
            _pages.TryRemove(id, out _);
        }
    }

    private async Task<BrowserAnswer?> AskAsync(long page, BrowserAsk ask, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _lastAsk);
        var waiting = new TaskCompletionSource<RenderReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[id] = waiting;
        try
        {
            await wire.WriteAsync(new RenderMessage(id) { Ask = new RenderAsk(page, ask) }, cancellationToken);
        }
        catch (IOException error)
        {
            throw new HttpRequestException("The crawler is gone.", error);
        }

        var reply = await waiting.Task.WaitAsync(cancellationToken);
        return reply.IsBroken ? throw new HttpRequestException("The server did not answer.") : reply.Answer;
    }

    private sealed class Connection(RenderServer server, long page, string key) : IBrowserConnection
    {
        public string Key => key;

        public Task<BrowserAnswer?> AskAsync(BrowserAsk ask, CancellationToken cancellationToken) => server.AskAsync(page, ask, cancellationToken);
    }
}
