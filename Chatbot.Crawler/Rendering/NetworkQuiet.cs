using Microsoft.Playwright;

namespace Chatbot.Crawler.Rendering;

/// <summary>Counts what a page has asked for and not yet got. Safe for concurrent use.</summary>
internal sealed class NetworkQuiet
{
    private readonly Lock _lock = new();
    private readonly HashSet<IRequest> _open = [];
    private TaskCompletionSource? _idle;

    /// <summary>Requests so far.</summary>
    public int Started { get; private set; }

    public bool IsIdle
    {
        get
        {
            lock (_lock)
                return _open.Count == 0;
        }
    }

    /// <returns>False when requests are under way all the time.</returns>
    public async Task<bool> WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        Task idle;
        lock (_lock)
        {
            if (_open.Count == 0)
                return true;
            idle = (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        try
        {
            await idle.WaitAsync(limit, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    public void Begin(IRequest request)
    {
        // Streams of events stay open as long as the page does.
        if (request.ResourceType is "eventsource" or "websocket" or "ping")
            return;
        lock (_lock)
        {
            if (_open.Add(request))
                Started++;
        }
    }

    public void End(IRequest request)
    {
        lock (_lock)
        {
            if (!_open.Remove(request) || _open.Count > 0)
                return;
            _idle?.TrySetResult();
            _idle = null;
        }
    }
}
