using System.Diagnostics;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// Which searches run, so that merges can let them go first: a search wants all processors for some milliseconds, and
/// nobody waits for a merge. Safe for concurrent use.
/// </summary>
internal sealed class SearchTraffic : IDisposable
{
    // Of a merge that searches never leave alone: it gets a processor for a fifth of the time, so that it ends.
    private const int MostWaiting = 4;

    private readonly ManualResetEventSlim _isQuiet = new(initialState: true, spinCount: 0);
    private readonly Lock _gate = new();
    private int _running;

    public Search Begin()
    {
        lock (_gate)
        {
            if (_running++ == 0) _isQuiet.Reset();
        }

        return new Search(this);
    }

    /// <summary>Waits while searches run, but no longer than in proportion to the work done. Blocks the thread, which is a merge's own.</summary>
    /// <param name="worked">When the work since the last time began (<see cref="Stopwatch.GetTimestamp"/>).</param>
    public void GiveWay(long worked, CancellationToken cancellationToken)
    {
        if (_isQuiet.IsSet) return;
        var most = Math.Max(1, (int)(MostWaiting * Stopwatch.GetElapsedTime(worked).TotalMilliseconds));
        _isQuiet.Wait(most, cancellationToken);
    }

    public void Dispose() => _isQuiet.Dispose();

    private void End()
    {
        lock (_gate)
        {
            if (--_running == 0) _isQuiet.Set();
        }
    }

    /// <summary>A search until it is disposed.</summary>
    internal readonly struct Search(SearchTraffic traffic) : IDisposable
    {
        public void Dispose() => traffic.End();
    }
}
