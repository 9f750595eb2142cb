namespace Chatbot.Tests.Support;

/// <summary>The system's clock, which can be moved on; timers that are due then fire. Safe for concurrent use.</summary>
internal sealed class MovableTimeProvider : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<MovableTimer> timers = [];
    private TimeSpan ahead;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return System.GetUtcNow() + ahead;
    }

    public override long GetTimestamp()
    {
        lock (gate)
            return System.GetElapsedTime(0).Ticks + ahead.Ticks;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new MovableTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        List<MovableTimer> waiting;
        lock (gate)
        {
            ahead += by;
            waiting = [.. timers];
        }

        foreach (var timer in waiting)
            timer.Bring(by);
    }

    private sealed class MovableTimer : ITimer
    {
        private readonly MovableTimeProvider clock;
        private readonly ITimer inner;
        private TimeSpan period;
        private long? due;

        public MovableTimer(MovableTimeProvider clock, TimerCallback callback, object? state)
        {
            this.clock = clock;
            inner = System.CreateTimer(_ => Fire(callback, state), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            lock (clock.gate)
                clock.timers.Add(this);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                this.period = period;
                due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.GetTimestamp() + dueTime.Ticks;
                return inner.Change(dueTime, Timeout.InfiniteTimeSpan);
            }
        }

        public void Bring(TimeSpan by)
        {
            lock (clock.gate)
            {
                if (due is { } at)
                    inner.Change(TimeSpan.FromTicks(Math.Max(0, at - clock.GetTimestamp())), Timeout.InfiniteTimeSpan);
            }
        }

        public void Dispose()
        {
            lock (clock.gate)
                clock.timers.Remove(this);
            inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Fire(TimerCallback callback, object? state)
        {
            lock (clock.gate)
            {
                if (due is null) return;
                due = null;
                if (period > TimeSpan.Zero)
                {
                    due = clock.GetTimestamp() + period.Ticks;
                    inner.Change(period, Timeout.InfiniteTimeSpan);
                }
            }

            callback(state);
        }
    }
}
