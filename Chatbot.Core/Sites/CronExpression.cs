using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Chatbot.Core.Sites;

/// <summary>
/// A time that comes again, in the five fields of cron: minute, hour, day of month, month, day of week. Lists, ranges,
/// steps, names (JAN, MON), Sunday as 0 or 7, and @hourly, @daily, @weekly, @monthly. When both days are given, either will
/// do, as in cron. Immutable.
/// </summary>
public sealed class CronExpression
{
    // Beyond the next leap years nothing comes: 30 February.
    private const int MaxDays = 366 * 9;

    private static readonly string[] s_months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] s_days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    // Bit n is set when n is one of the times.
    private readonly ulong _minutes;
    private readonly ulong _hours;
    private readonly ulong _monthDays;
    private readonly ulong _months;
    private readonly ulong _weekDays;
    private readonly bool _eitherDay;

    private CronExpression(ulong[] fields, bool eitherDay) =>
        (_minutes, _hours, _monthDays, _months, _weekDays, _eitherDay) = (fields[0], fields[1], fields[2], fields[3], (fields[4] | (fields[4] >> 7)) & 0x7F, eitherDay);

    /// <returns>False when it is no such expression.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CronExpression? expression)
    {
        expression = null;
        text = text?.Trim() switch
        {
            "@hourly" => "0 * * * *",
            "@daily" or "@midnight" => "0 0 * * *",
            "@weekly" => "0 0 * * 0",
            "@monthly" => "0 0 1 * *",
            var other => other,
        };
        var parts = text?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (parts.Length != 5)
            return false;

        var fields = new ulong[5];
        if (!TryField(parts[0], 0, 59, [], out fields[0])
            || !TryField(parts[1], 0, 23, [], out fields[1])
            || !TryField(parts[2], 1, 31, [], out fields[2])
            || !TryField(parts[3], 1, 12, s_months, out fields[3])
            || !TryField(parts[4], 0, 7, s_days, out fields[4]))
            return false;

        expression = new CronExpression(fields, !parts[2].StartsWith('*') && !parts[4].StartsWith('*'));
        return true;
    }

    /// <summary>The next time after another. A time that the clocks skip in spring is taken at the moment they skip to; one that comes twice in autumn, the first time.</summary>
    /// <returns>Null when it never comes, such as 30 February.</returns>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var day = TimeZoneInfo.ConvertTime(after, zone).Date;
        for (var i = 0; i < MaxDays; i++, day = day.AddDays(1))
        {
            if (!IsDay(day))
                continue;

            for (var hour = 0; hour < 24; hour++)
            {
                if ((_hours >> hour & 1) == 0)
                    continue;

                for (var minute = 0; minute < 60; minute++)
                    if ((_minutes >> minute & 1) != 0 && At(day.AddHours(hour).AddMinutes(minute), zone) is var time && time > after)
                        return time;
            }
        }

        return null;
    }

    private static DateTimeOffset At(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(1);

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    private bool IsDay(DateTime day)
    {
        if ((_months >> day.Month & 1) == 0)
            return false;

        var (ofMonth, ofWeek) = ((_monthDays >> day.Day & 1) != 0, (_weekDays >> (int)day.DayOfWeek & 1) != 0);
        return _eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek;
    }

    private static bool TryField(string text, int first, int last, string[] names, out ulong bits)
    {
        bits = 0;
        foreach (var part in text.Split(','))
        {
            var slash = part.IndexOf('/', StringComparison.Ordinal);
            var range = slash < 0 ? part : part[..slash];
            var step = 1;
            if (slash >= 0 && (!int.TryParse(part.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out step) || step < 1))
                return false;

            int from, to;
            if (range == "*")
            {
                (from, to) = (first, last);
            }
            else
            {
                var ends = range.Split('-');
                if (ends.Length > 2 || !TryNumber(ends[0], first, last, names, out from))
                    return false;
                // "5/15" counts from 5 on.
                to = slash >= 0 ? last : from;
                if (ends.Length == 2 && !TryNumber(ends[1], first, last, names, out to))
                    return false;
                if (to < from)
                    return false;
            }

            for (var n = from; n <= to; n += step)
                bits |= 1UL << n;
        }

        return bits != 0;
    }

    private static bool TryNumber(string text, int first, int last, string[] names, out int number)
    {
        var name = Array.FindIndex(names, n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (name >= 0)
        {
            number = name + first;
            return true;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= first && number <= last;
    }
}
