using Chatbot.Core.Sites;

namespace Chatbot.Crawler.Previews;

/// <summary>What the last previews were sent, for ten minutes, of a few sites. Safe for concurrent use.</summary>
internal sealed class FetchMemories : IDisposable
{
    private const int Most = 2;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly List<(string Key, DateTimeOffset Until, FetchMemory Memory)> _kept = [];
    private readonly TimeProvider _time;
    private readonly ITimer _cleaning;

    public FetchMemories(TimeProvider time)
    {
        _time = time;
        // Also when nobody asks for a preview any more.
        _cleaning = time.CreateTimer(_ => Clean(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <param name="isReusing">What there is of this site is taken up; else it begins anew.</param>
    public FetchMemory Of(Site site, bool isReusing)
    {
        // Other hosts, or a guard that lets others through, make it another site.
        var key = $"{site.Id}\n{site.AllowPrivateAddresses}\n{string.Join('\n', site.Scope.StartUrls)}";
        lock (_lock)
        {
            Clean();
            if (isReusing && _kept.Find(k => k.Key == key) is { Memory: { } known })
                return known;

            _kept.RemoveAll(k => k.Key == key);
            if (_kept.Count >= Most)
                _kept.RemoveAt(0);
            var memory = new FetchMemory();
            _kept.Add((key, _time.GetUtcNow() + s_lifetime, memory));
            _cleaning.Change(s_lifetime, s_lifetime);
            return memory;
        }
    }

    public void Dispose() => _cleaning.Dispose();

    private void Clean()
    {
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            _kept.RemoveAll(k => k.Until <= now);
            if (_kept.Count == 0)
                _cleaning.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
