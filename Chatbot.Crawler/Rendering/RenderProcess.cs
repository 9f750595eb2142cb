using System.Collections.Concurrent;
using System.Diagnostics;

namespace Chatbot.Crawler.Rendering;

/// <summary>A running process that renders, seen from the crawler. Safe for concurrent use.</summary>
internal sealed class RenderProcess : IAsyncDisposable
{
    // It closes its browser by itself when the crawler hangs up.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    private readonly Process _process;
    private readonly RenderWire _wire;
    private readonly ConcurrentDictionary<long, (RenderRequest Request, TaskCompletionSource<RenderResult> Result)> _pages = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;
    private long _lastPage;
    private volatile bool _isDeaf;

    private RenderProcess(Process process)
    {
        _process = process;
        _wire = new RenderWire(process.StandardOutput.BaseStream, process.StandardInput.BaseStream);
        _reading = ReadAsync();
    }

    /// <summary>It takes no more pages.</summary>
    public bool HasEnded => _isDeaf || _reading.IsCompleted;

    /// <summary>Pages in hand.</summary>
    public int InUse => _pages.Count;

    /// <exception cref="IOException">It cannot be started.</exception>
    public static RenderProcess Start(string program, IEnumerable<string> arguments)
    {
        try
        {
            // Its log goes where the crawler's errors go.
            return new RenderProcess(Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!);
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new IOException($"{program} cannot be started: {error.Message}", error);
        }
    }

    /// <exception cref="IOException">The process ended before the page was through.</exception>
    public async Task<RenderResult> RenderAsync(RenderRequest request, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _lastPage);
        var result = new TaskCompletionSource<RenderResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pages[id] = (request, result);
        try
        {
            // Looked at after the page is in the list: whichever comes later, it or the end, sees the other.
            if (HasEnded)
                throw new IOException("The process that renders has ended.");

            await _wire.WriteAsync(
                new RenderMessage(id)
                {
                    Task = new RenderTask(request.Url, request.Body.ToArray(), request.Charset, request.SiteId, request.AllowPrivateAddresses, request.SetCookies, request.Connection?.Key),
                },
                cancellationToken);
            return await result.Task.WaitAsync(cancellationToken);
        }
        catch (IOException)
        {
            // Its own children may hold its output open for longer than it lives.
            _isDeaf = true;
            throw;
        }
        catch (ObjectDisposedException error)
        {
            throw new IOException("The process that renders was ended.", error);
        }
        catch (OperationCanceledException)
        {
            await TellAsync(new RenderMessage(id) { IsCancelled = true });
            throw;
        }
        finally
        {
            _pages.TryRemove(id, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone, and never read what was said last.
        }

        try
        {
            using var clock = new CancellationTokenSource(_isDeaf ? TimeSpan.Zero : s_patience);
            await _process.WaitForExitAsync(clock.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        await _stop.CancelAsync();
        await _reading;
        _process.Dispose();
        _wire.Dispose();
        _stop.Dispose();
    }

    private async Task ReadAsync()
    {
        await Task.Yield();
        try
        {
            while (await _wire.ReadAsync(_stop.Token) is { } message)
            {
                if (message.Ask is { } ask)
                    _ = AnswerAsync(message.Id, ask);
                else if (message.End is { } end && _pages.TryGetValue(message.Id, out var page))
                    page.Result.TrySetResult(ToResult(end));
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // It broke, or is to end.
        }
        finally
        {
            foreach (var (_, result) in _pages.Values)
                result.TrySetException(new IOException("The process that renders has ended."));
        }
    }

    private async Task AnswerAsync(long id, RenderAsk ask)
    {
        RenderReply reply;
        try
        {
            reply = _pages.TryGetValue(ask.Page, out var page) && page.Request.Connection is { } connection
                ? new RenderReply(await connection.AskAsync(ask.Ask, _stop.Token), IsBroken: false)
                : new RenderReply(null, IsBroken: true);
        }
        catch (HttpRequestException)
        {
            reply = new RenderReply(null, IsBroken: true);
        }

        await TellAsync(new RenderMessage(id) { Reply = reply });
    }

    private async Task TellAsync(RenderMessage message)
    {
        try
        {
            await _wire.WriteAsync(message, CancellationToken.None);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // It has ended.
        }
    }

    private static RenderResult ToResult(RenderEnd end) => end.Kind switch
    {
        RenderEndKind.Rendered => new RenderResult.Rendered(end.Html!, end.IsSettled),
        RenderEndKind.Redirected => new RenderResult.Redirected(end.Text!),
        RenderEndKind.NoBrowser => new RenderResult.NoBrowser(end.Text!),
        _ => new RenderResult.Failed(end.Text ?? ""),
    };
}
