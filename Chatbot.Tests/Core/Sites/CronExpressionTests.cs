using System.Globalization;
using Chatbot.Core.Sites;
using Xunit;

namespace Chatbot.Tests.Core.Sites;

public sealed class CronExpressionTests
{
    [Theory]
    [InlineData("30 4 * * *", "2026-01-01T00:00Z", "2026-01-01T04:30Z")]
    [InlineData("30 4 * * *", "2026-01-01T04:30Z", "2026-01-02T04:30Z")]
    [InlineData("*/15 * * * *", "2026-01-01T00:16Z", "2026-01-01T00:30Z")]
    [InlineData("5/20 * * * *", "2026-01-01T00:06Z", "2026-01-01T00:25Z")]
    [InlineData("0 0 * * 1-5", "2026-01-02T12:00Z", "2026-01-05T00:00Z")]
    [InlineData("0 0 * * MON,WED", "2026-01-05T00:00Z", "2026-01-07T00:00Z")]
    [InlineData("0 0 * * 7", "2026-01-01T00:00Z", "2026-01-04T00:00Z")]
    [InlineData("0 9 1 JAN,jul *", "2026-01-01T10:00Z", "2026-07-01T09:00Z")]
    [InlineData("0 0 13 * FRI", "2026-02-01T00:00Z", "2026-02-06T00:00Z")]
    [InlineData("0 0 29 2 *", "2026-01-01T00:00Z", "2028-02-29T00:00Z")]
    [InlineData("@daily", "2026-01-01T00:00Z", "2026-01-02T00:00Z")]
    [InlineData("0 0 30 2 *", "2026-01-01T00:00Z", null)]
    public void The_next_time_is_found(string text, string after, string? expected)
    {
        Assert.True(CronExpression.TryParse(text, out var cron));

        Assert.Equal(expected is null ? null : Time(expected), cron.Next(Time(after), TimeZoneInfo.Utc));
    }

    [Theory]
    [InlineData("30 2 * * *", "2026-03-28T12:00Z", "2026-03-29T01:00Z")] // 2:30 is skipped; the clocks go to 3:00.
    [InlineData("30 2 * * *", "2026-10-24T12:00Z", "2026-10-25T00:30Z")] // It comes twice; the first counts.
    [InlineData("30 2 * * *", "2026-10-25T00:30Z", "2026-10-26T01:30Z")]
    [InlineData("0 4 * * *", "2026-07-01T00:00Z", "2026-07-01T02:00Z")]
    public void Times_are_those_of_a_zone_with_its_summer(string text, string after, string expected)
    {
        Assert.True(CronExpression.TryParse(text, out var cron));

        Assert.Equal(Time(expected), cron.Next(Time(after), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("* * * *")]
    [InlineData("60 * * * *")]
    [InlineData("* 24 * * *")]
    [InlineData("* * 0 * *")]
    [InlineData("* * * 13 *")]
    [InlineData("* * * * 8")]
    [InlineData("*/0 * * * *")]
    [InlineData("5-1 * * * *")]
    [InlineData("a * * * *")]
    [InlineData("1,,2 * * * *")]
    [InlineData("* * * * * *")]
    [InlineData("-1 * * * *")]
    public void What_is_no_such_expression_is_refused(string text) => Assert.False(CronExpression.TryParse(text, out _));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
