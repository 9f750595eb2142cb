using Chatbot.Core.Crawling;

namespace Chatbot.Core.Sites;

/// <summary>When a site is crawled by itself. Exactly one of <see cref="Cron"/> and <see cref="Interval"/> is given.</summary>
public sealed record SiteSchedule
{
    /// <summary>See <see cref="CronExpression"/>.</summary>
    public string? Cron { get; init; }

    /// <summary>From one start to the next, a minute to a year.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>The zone that <see cref="Cron"/> is meant in, such as <c>Europe/Berlin</c>.</summary>
    public string TimeZone { get; init; } = "UTC";

    public CrawlMode Mode { get; init; } = CrawlMode.Full;

    /// <summary>The next start, before any jitter.</summary>
    /// <returns>Null when none comes, or the schedule cannot be read.</returns>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        if (Interval is { } interval)
            return after + interval;

        return CronExpression.TryParse(Cron, out var cron) && TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? cron.Next(after, zone) : null;
    }
}
