using Chatbot.Api.Http;
using Chatbot.Core.Crawling;
using Chatbot.Core.Sites;

namespace Chatbot.Api.Sites;

/// <summary>When a site is crawled by itself: by cron, or every so many minutes.</summary>
public sealed record ScheduleRequest
{
    private const int MostMinutes = 366 * 24 * 60;

    /// <summary>Five fields: minute, hour, day of month, month, day of week.</summary>
    public string? Cron { get; init; }

    public int? IntervalMinutes { get; init; }

    /// <summary>Of <see cref="Cron"/>, such as <c>Europe/Berlin</c>; null is UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Null is all of the site.</summary>
    public CrawlMode? Mode { get; init; }

    internal static ScheduleRequest? From(SiteSchedule? schedule) => schedule is null ? null : new ScheduleRequest
    {
        Cron = schedule.Cron,
        IntervalMinutes = schedule.Interval is { } interval ? (int)interval.TotalMinutes : null,
        TimeZone = schedule.TimeZone,
        Mode = schedule.Mode,
    };

    internal void CheckFields(FieldErrors errors)
    {
        errors.Check(Cron is null != IntervalMinutes is null, "schedule", "Either cron or intervalMinutes.");
        errors.Check(Cron is null || (Cron.Length <= 200 && CronExpression.TryParse(Cron, out _)), "schedule.cron", "Five fields, such as \"30 4 * * 1-5\": minute, hour, day of month, month, day of week.");
        errors.Check(IntervalMinutes is null or (>= 1 and <= MostMinutes), "schedule.intervalMinutes", $"1 to {MostMinutes} minutes.");
        errors.Check(TimeZone is null || TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _), "schedule.timeZone", "A time zone, such as Europe/Berlin.");
    }

    internal SiteSchedule ToSchedule() => new()
    {
        Cron = Cron?.Trim(),
        Interval = IntervalMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
        TimeZone = TimeZone ?? "UTC",
        Mode = Mode ?? CrawlMode.Full,
    };
}
