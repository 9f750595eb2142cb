namespace Chatbot.Crawler.Politeness;

/// <summary>
/// The one way to a host: so many requests at a time, so long apart, and fewer and slower while the host struggles or takes
/// long to answer.
/// Safe for concurrent use.
/// </summary>
internal sealed class HostGate(string host, CrawlerOptions options, bool isPrivate, HostTurns turns, TimeProvider time) : IDisposable
{
    // A host that failed so often in a row, over so long, is down: its other URLs need not each wait for that.
    private const int DownAfter = 10;
    private static readonly TimeSpan s_downAfter = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_probeEvery = TimeSpan.FromSeconds(5);

    private readonly int _most = isPrivate ? options.PrivateHostConcurrency : options.HostConcurrency;
    private readonly SemaphoreSlim _slots = new(isPrivate ? options.PrivateHostConcurrency : options.HostConcurrency);
    private readonly HostPace _pace = new(isPrivate ? options.PrivateHostConcurrency : options.HostConcurrency);
    private readonly SemaphoreSlim _asking = new(1);
    private readonly Lock _lock = new();
    private DateTimeOffset _next;
    private TimeSpan _penalty;
    private int _withheld;
    private int _failures;
    private DateTimeOffset _firstFailure;
    private DateTimeOffset _nextProbe;
    private bool _hasAnswered;
    private DateTimeOffset? _awaySince;
    private Func<CancellationToken, Task<bool>>? _isThere;

    /// <summary>Waits for a turn.</summary>
    /// <param name="siteDelay">What the site's owner set; null takes the default.</param>
    /// <param name="robotsDelay">What robots.txt asks for.</param>
    /// <returns>To be disposed when the answer is through; null, at once, when the host is down.</returns>
    public async Task<Turn?> EnterAsync(TimeSpan? siteDelay, TimeSpan? robotsDelay, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            if (IsDown() || !await IsBackAsync(cancellationToken))
            {
                GiveBack();
                return null;
            }

            if (await ReserveAsync(DelayOf(siteDelay, robotsDelay), cancellationToken) is { Ticks: > 0 } wait)
                await Task.Delay(wait, time, cancellationToken);

            return new Turn(this);
        }
        catch
        {
            GiveBack();
            throw;
        }
    }

    /// <summary>
    /// After no answer, or one that says that nobody is in: asks whether the host is there at all. When it is not, everybody waits
    /// at <see cref="EnterAsync"/> until it is, or patience ends.
    /// </summary>
    /// <param name="isThere">Asks the host for something that it has, or knows that it has not.</param>
    /// <returns>True when it is away, so that the failure is none of the page's.</returns>
    public async Task<bool> IsAwayAsync(Func<CancellationToken, Task<bool>> isThere, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // What never answered is not expected to come back.
            if (!_hasAnswered)
                return false;
            if (_awaySince is not null)
                return true;
        }

        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (await isThere(cancellationToken))
                return false;
            lock (_lock)
            {
                _awaySince ??= time.GetUtcNow();
                _isThere = isThere;
            }

            return true;
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>Since when the host is away and waited for; null when it is not.</summary>
    public DateTimeOffset? AwaySince
    {
        get
        {
            lock (_lock)
                return _awaySince;
        }
    }

    /// <summary>The host answered.</summary>
    /// <param name="latency">From the request to the header of the answer; null where that is not known.</param>
    public void Succeeded(TimeSpan? latency)
    {
        lock (_lock)
        {
            _failures = 0;
            _hasAnswered = true;
            _penalty = _penalty < TimeSpan.FromMilliseconds(10) ? TimeSpan.Zero : _penalty / 2;
            if (latency is not { } took)
                return;

            _pace.Answered(took);
            for (; _withheld > _most - _pace.AtATime; _withheld--)
                _slots.Release();
        }
    }

    /// <summary>An answer did not come in time, or not to its end.</summary>
    public void TooSlow()
    {
        lock (_lock)
            _pace.Overloaded();
    }

    /// <summary>The host asked for less: it is left alone for a while, and each further time for twice as long.</summary>
    public void Overloaded(TimeSpan? retryAfter)
    {
        lock (_lock)
        {
            _failures = 0;
            _hasAnswered = true;
            var doubled = _penalty == TimeSpan.Zero ? options.RetryDelay : _penalty * 2;
            _penalty = Min(doubled, options.MaxHostDelay);
            _pace.Overloaded();
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

    public void Dispose()
    {
        _slots.Dispose();
        _asking.Dispose();
    }

    /// <summary>Waits for a host that is away; one of those who wait asks for all.</summary>
    /// <returns>False when it stays away.</returns>
    private async Task<bool> IsBackAsync(CancellationToken cancellationToken)
    {
        if (Away() is null)
            return true;

        await _asking.WaitAsync(cancellationToken);
        try
        {
            for (var pause = options.RetryDelay; Away() is var (since, isThere); pause = Min(pause * 2, s_probeEvery))
            {
                if (time.GetUtcNow() - since > options.HostPatience)
                    return IsProbeDue() && await AnswersAsync(isThere, cancellationToken);
                await Task.Delay(pause, time, cancellationToken);
                await AnswersAsync(isThere, cancellationToken);
            }

            return true;
        }
        finally
        {
            _asking.Release();
        }
    }

    private (DateTimeOffset Since, Func<CancellationToken, Task<bool>> IsThere)? Away()
    {
        lock (_lock)
            return _awaySince is { } since ? (since, _isThere!) : null;
    }

    private async Task<bool> AnswersAsync(Func<CancellationToken, Task<bool>> isThere, CancellationToken cancellationToken)
    {
        if (!await isThere(cancellationToken))
            return false;

        lock (_lock)
        {
            _awaySince = null;
            _failures = 0;
        }

        return true;
    }

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
            // A host that has a pause gets one that is as long as its answers take: half of its time is for others.
            var least = delay > TimeSpan.Zero && _pace.Latency > delay ? Min(_pace.Latency, options.MaxHostDelay) : delay;
            pause = least > _penalty ? least : _penalty;
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
            // One that has answered is waited for instead.
            if (_hasAnswered || _failures < DownAfter || time.GetUtcNow() - _firstFailure < s_downAfter)
                return false;
        }

        return !IsProbeDue();
    }

    private bool IsProbeDue()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (now < _nextProbe)
                return false;

            _nextProbe = now + s_probeEvery;
            return true;
        }
    }

    /// <summary>A place is free again, unless the host is to be asked for less at a time.</summary>
    private void GiveBack()
    {
        lock (_lock)
        {
            if (_withheld < _most - _pace.AtATime)
                _withheld++;
            else
                _slots.Release();
        }
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    /// <summary>Leave to send one request.</summary>
    internal sealed class Turn(HostGate gate) : IDisposable
    {
        public void Dispose() => gate.GiveBack();
    }
}
