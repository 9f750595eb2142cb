namespace Chatbot.Crawler.Politeness;

/// <summary>
/// The one way to a host: so many requests at a time, so long apart, and slower while the host struggles.
/// Safe for concurrent use.
/// </summary>
internal sealed class HostGate(string host, CrawlerOptions options, bool isPrivate, HostTurns turns, TimeProvider time) : IDisposable
{
    // A host that failed so often in a row, over so long, is down: its other URLs need not each wait for that.
    private const int DownAfter = 10;
    private static readonly TimeSpan s_downAfter = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_probeEvery = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _slots = new(isPrivate ? options.PrivateHostConcurrency : options.HostConcurrency);
    private readonly Lock _lock = new();
    private DateTimeOffset _next;
    private TimeSpan _penalty;
    private int _failures;
    private DateTimeOffset _firstFailure;
    private DateTimeOffset _nextProbe;

    /// <summary>Waits for a turn.</summary>
    /// <param name="siteDelay">What the site's owner set; null takes the default.</param>
    /// <param name="robotsDelay">What robots.txt asks for.</param>
    /// <returns>To be disposed when the answer is through; null, at once, when the host is down.</returns>
    public async Task<Turn?> EnterAsync(TimeSpan? siteDelay, TimeSpan? robotsDelay, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            if (IsDown())
            {
                _slots.Release();
                return null;
            }

            if (await ReserveAsync(DelayOf(siteDelay, robotsDelay), cancellationToken) is { Ticks: > 0 } wait)
                await Task.Delay(wait, time, cancellationToken);

            return new Turn(_slots);
        }
        catch
        {
            _slots.Release();
            throw;
        }
    }

    /// <summary>The host answered.</summary>
    public void Succeeded()
    {
        lock (_lock)
        {
            _failures = 0;
            _penalty = _penalty < TimeSpan.FromMilliseconds(10) ? TimeSpan.Zero : _penalty / 2;
        }
    }

    /// <summary>The host asked for less: it is left alone for a while, and each further time for twice as long.</summary>
    public void Overloaded(TimeSpan? retryAfter)
    {
        lock (_lock)
        {
            _failures = 0;
            var doubled = _penalty == TimeSpan.Zero ? options.RetryDelay : _penalty * 2;
            _penalty = Min(doubled, options.MaxHostDelay);
            var until = time.GetUtcNow() + Min(retryAfter ?? _penalty, options.MaxRetryAfter);
            if (until > _next)
                _next = until;
        }
    }

    /// <summary>The host could not be reached.</summary>
    public void Unreachable()
    {
        lock (_lock)
        {
            if (_failures++ == 0)
                _firstFailure = time.GetUtcNow();
        }
    }

    public void Dispose() => _slots.Dispose();

    private TimeSpan DelayOf(TimeSpan? siteDelay, TimeSpan? robotsDelay)
    {
        var delay = siteDelay ?? (isPrivate ? TimeSpan.Zero : options.HostDelay);
        var asked = Min(robotsDelay ?? TimeSpan.Zero, options.MaxHostDelay);
        return asked > delay ? asked : delay;
    }

    private async Task<TimeSpan> ReserveAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        TimeSpan wait, pause;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var start = _next > now ? _next : now;
            pause = delay > _penalty ? delay : _penalty;
            _next = start + pause;
            wait = start - now;
        }

        // A host without pauses is asked as fast as it answers, by however many.
        if (pause == TimeSpan.Zero)
            return wait;

        // What keeps this crawler waiting keeps the others waiting, too.
        if (wait > pause)
            await turns.HoldAsync(host, time.GetUtcNow() + wait - pause, cancellationToken);
        var shared = await turns.ReserveAsync(host, pause, cancellationToken);
        return shared > wait ? shared : wait;
    }

    private bool IsDown()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_failures < DownAfter || now - _firstFailure < s_downAfter)
                return false;
            if (now < _nextProbe)
                return true;

            _nextProbe = now + s_probeEvery;
            return false;
        }
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    /// <summary>Leave to send one request.</summary>
    internal sealed class Turn(SemaphoreSlim slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }
}
