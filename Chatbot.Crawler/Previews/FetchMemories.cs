using Chatbot.Core.Sites;

namespace Chatbot.Crawler.Previews;

/// <summary>What the last previews were sent, for ten minutes, of a few sites. Safe for concurrent use.</summary>
internal sealed class FetchMemories(TimeProvider time)
{
    private const int Most = 3;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly List<(string Key, DateTimeOffset Until, FetchMemory Memory)> _kept = [];

    /// <param name="isReusing">What there is of this site is taken up; else it begins anew.</param>
    public FetchMemory Of(Site site, bool isReusing)
    {
        // Other hosts, or a guard that lets others through, make it another site.
        var key = $"{site.Id}\n{site.AllowPrivateAddresses}\n{string.Join('\n', site.Scope.StartUrls)}";
        lock (_lock)
        {
            var now = time.GetUtcNow();
            _kept.RemoveAll(k => k.Until < now);
            if (isReusing && _kept.Find(k => k.Key == key) is { Memory: { } known })
                return known;

            _kept.RemoveAll(k => k.Key == key);
            if (_kept.Count >= Most)
                _kept.RemoveAt(0);
            var memory = new FetchMemory();
            _kept.Add((key, now + s_lifetime, memory));
            return memory;
        }
    }
}
