using Microsoft.Extensions.Logging;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// Keeps an index close behind its rows while searches come, so that each finds little left to do. Who only writes, as a
/// crawl does, follows nothing. Safe for concurrent use.
/// </summary>
internal sealed partial class IndexFollower : IDisposable
{
    /// <summary>How long after a search it goes on.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(5);

    // A look at rows that have not changed takes a tenth of a millisecond.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(2), LongestPause = TimeSpan.FromMilliseconds(32);

    private readonly Func<CancellationToken, Task<bool>> _follow;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _ending = new();
    private readonly CancellationToken _stop;
    private long _asked;
    private int _isRunning;
    private int _isEnded;

    /// <param name="follow">Brings the index up to its rows; says whether there was something new.</param>
    public IndexFollower(Func<CancellationToken, Task<bool>> follow, ILogger logger, TimeProvider clock) => (_follow, _logger, _clock, _stop) = (follow, logger, clock, _ending.Token);

    /// <summary>Whether searches have come a moment ago.</summary>
    public bool IsWanted => !_stop.IsCancellationRequested && Volatile.Read(ref _asked) is not 0 and var asked && _clock.GetElapsedTime(asked) < Linger;

    /// <summary>A search comes.</summary>
    public void Wake()
    {
        Volatile.Write(ref _asked, _clock.GetTimestamp());
        if (_stop.IsCancellationRequested || Interlocked.Exchange(ref _isRunning, 1) != 0) return;
        // It is no part of the request that woke it.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(RunAsync, CancellationToken.None);
        }
    }

    /// <summary>Ends it; it stays ended.</summary>
    public void Dispose()
    {
        // A container disposes of an index once for each name it has.
        if (Interlocked.Exchange(ref _isEnded, 1) != 0) return;
        _ending.Cancel();
        _ending.Dispose();
    }

    private async Task RunAsync()
    {
        do
        {
            try
            {
                var pause = ShortestPause;
                while (IsWanted)
                {
                    var isNew = await _follow(_stop);
                    pause = isNew ? ShortestPause : TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks));
                    await Task.Delay(pause, _stop);
                }
            }
            catch (Exception error)
            {
                // Searches catch up by themselves, and whoever asks is told what is wrong. The next one starts this again.
                if (!_stop.IsCancellationRequested && error is not ObjectDisposedException) LogEnded(error);
                Volatile.Write(ref _asked, 0);
            }

            Volatile.Write(ref _isRunning, 0);
        }
        // A search may have come after the last look.
        while (IsWanted && Interlocked.Exchange(ref _isRunning, 1) == 0);
    }

    [LoggerMessage(LogLevel.Debug, "The index is caught up by searches alone until the next one")]
    private partial void LogEnded(Exception error);
}
