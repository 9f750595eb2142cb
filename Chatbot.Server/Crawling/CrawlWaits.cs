using Chatbot.Backends.Crawling;
using Chatbot.Crawler.Politeness;

namespace Chatbot.Server.Crawling;

/// <summary>Says what a run waits for when it does not move on. Not safe for concurrent use.</summary>
internal sealed class CrawlWaits(CommandHost host, string runId)
{
    // Whoever looks on needs no reason for a shorter pause than this.
    private static readonly TimeSpan Noticed = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _clock = host.Get<TimeProvider>();
    private long _moved = host.Get<TimeProvider>().GetTimestamp();
    private int _done = -1;
    private long _asked;
    private string? _text;

    /// <param name="done">URLs that are through.</param>
    /// <returns>Null when it moves on.</returns>
    public async Task<string?> ExplainAsync(int done, CancellationToken cancellationToken)
    {
        if (done != _done)
        {
            (_done, _moved, _text) = (done, _clock.GetTimestamp(), null);
            return null;
        }

        if (_clock.GetElapsedTime(_moved) < Noticed)
            return null;
        if (_text is not null && _clock.GetElapsedTime(_asked) < TimeSpan.FromSeconds(1))
            return _text;

        _asked = _clock.GetTimestamp();
        return _text = await AskAsync(cancellationToken);
    }

    private async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        if (host.Get<AwayHosts>().List() is [var away, ..] && now - away.Since <= away.Patience)
            return $"waiting for {away.Host}: no answer for {Seconds(now - away.Since)}, given up after {Seconds(away.Patience)}";
        if (await host.Get<CrawledUrls>().FindPutOffAsync(runId, cancellationToken) is { } next)
            return $"waiting: {next.Url} ({next.Detail ?? next.Reason}){(next.Others > 0 ? $" and {next.Others} more" : "")}, again in {Seconds(next.NextAt > now ? next.NextAt - now : TimeSpan.Zero)}";

        return null;
    }

    private static string Seconds(TimeSpan time) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds)} s");
}
