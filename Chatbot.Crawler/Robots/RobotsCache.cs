using System.Collections.Concurrent;
using Chatbot.Crawler.Access;
using Microsoft.Extensions.Options;

namespace Chatbot.Crawler.Robots;

/// <summary>The rules of every host that is crawled, fetched when first needed and again after a day. Safe for concurrent use.</summary>
internal sealed class RobotsCache(RobotsFetcher fetcher, IOptions<CrawlerOptions> options, TimeProvider time)
{
    // RFC 9309, 2.4: not to be used for longer than 24 hours.
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(24);
    private static readonly TimeSpan s_longestHold = TimeSpan.FromMinutes(5);

    // A site with connections of its own may be told other rules, or be told any at all.
    private readonly ConcurrentDictionary<(string Origin, bool AllowPrivate, string? SiteId), Entry> _entries = new();

    /// <summary>The rules for a URL's scheme, host and port.</summary>
    public async ValueTask<RobotsAnswer> GetAsync(Uri url, bool allowPrivateAddresses, SiteSession? session, CancellationToken cancellationToken)
    {
        var origin = url.GetLeftPart(UriPartial.Authority);
        var entry = _entries.GetOrAdd((origin, allowPrivateAddresses, session?.Site.Id), _ => new Entry());
        if (entry.Current(time.GetUtcNow()) is { } current)
            return current;

        await entry.Turn.WaitAsync(cancellationToken);
        try
        {
            // Whoever waited finds what the first one fetched.
            return entry.Current(time.GetUtcNow()) ?? await RefreshAsync(entry, origin, allowPrivateAddresses, session, cancellationToken);
        }
        finally
        {
            entry.Turn.Release();
        }
    }

    /// <summary>The rules of a host if they are at hand.</summary>
    public RobotsRules? Peek(Uri url, bool allowPrivateAddresses, SiteSession? session) =>
        _entries.TryGetValue((url.GetLeftPart(UriPartial.Authority), allowPrivateAddresses, session?.Site.Id), out var entry)
            && entry.Current(time.GetUtcNow()) is RobotsAnswer.Known known
                ? known.Rules
                : null;

    private async Task<RobotsAnswer> RefreshAsync(Entry entry, string origin, bool allowPrivateAddresses, SiteSession? session, CancellationToken cancellationToken)
    {
        var fetched = await fetcher.FetchAsync(origin, allowPrivateAddresses, session, cancellationToken);
        var now = time.GetUtcNow();
        switch (fetched)
        {
            case RobotsFetchResult.Found(var file):
                entry.Failures = 0;
                return entry.Set(new RobotsAnswer.Known(file.For(CrawlerOptions.Agent), file.Sitemaps), now + s_lifetime);

            case RobotsFetchResult.None:
                entry.Failures = 0;
                return entry.Set(new RobotsAnswer.Known(RobotsRules.AllowAll, []), now + s_lifetime);

            case RobotsFetchResult.Unavailable(var reason, var detail, var isRetryable, var retryAfter):
                var hold = Hold(++entry.Failures, retryAfter);
                // A copy is better than nothing, however old: the host had these rules, and is in trouble now.
                return entry.Last is RobotsAnswer.Known old
                    ? entry.Set(old, now + hold)
                    : entry.Set(new RobotsAnswer.Unavailable(reason, detail, now + hold, isRetryable), now + hold);

            default:
                throw new System.Diagnostics.UnreachableException($"Unhandled {fetched}");
        }
    }

    private TimeSpan Hold(int failures, TimeSpan? retryAfter)
    {
        var hold = options.Value.RetryDelay * Math.Pow(2, Math.Min(failures - 1, 20));
        if (retryAfter > hold)
            hold = retryAfter.Value < options.Value.MaxRetryAfter ? retryAfter.Value : options.Value.MaxRetryAfter;

        return hold < s_longestHold ? hold : s_longestHold;
    }

    private sealed class Entry
    {
        private volatile Answer? _answer;

        public SemaphoreSlim Turn { get; } = new(1);

        public int Failures { get; set; }

        public RobotsAnswer? Last => _answer?.Value;

        public RobotsAnswer? Current(DateTimeOffset now) => _answer is { } answer && now < answer.Until ? answer.Value : null;

        public RobotsAnswer Set(RobotsAnswer value, DateTimeOffset until)
        {
            _answer = new Answer(value, until);
            return value;
        }

        private sealed record Answer(RobotsAnswer Value, DateTimeOffset Until);
    }
}
