using System.Globalization;
using System.Text.RegularExpressions;

namespace Chatbot.Html;

/// <summary>
/// Opening hours as schema.org writes them (<c>openingHours</c>: <c>Mo-Fr 09:00-17:00</c>, <c>openingHoursSpecification</c>),
/// in words: days with the same hours together.
/// </summary>
internal sealed partial class OpeningHours
{
    private static readonly string[] s_short = ["mo", "tu", "we", "th", "fr", "sa", "su"];

    private static readonly string[] s_long = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    private readonly SortedSet<(TimeOnly Opens, TimeOnly Closes)>[] days = [.. Enumerable.Range(0, 7).Select(_ => new SortedSet<(TimeOnly, TimeOnly)>())];
    private readonly bool[] known = new bool[7];
    private readonly List<(DateOnly From, DateOnly To, TimeOnly? Opens, TimeOnly? Closes)> special = [];

    private OpeningHours() { }

    private bool IsEmpty => !known.Contains(true) && special.Count == 0;

    /// <returns>A line; null when it declares none.</returns>
    public static FactLine? Read(DeclaredObject place, FactWords words)
    {
        var hours = new OpeningHours();
        foreach (var text in place.Texts("openingHours")) hours.Add(text);
        foreach (var specification in place.Objects("openingHoursSpecification").Concat(place.Objects("specialOpeningHoursSpecification"))) hours.Add(specification);
        return hours.IsEmpty ? null : new($"{words.Hours}: {hours.ToText(words)}", hours.IsSaid);
    }

    // "Mo-Fr 09:00-12:00", "Mo,We 14:00-17:00", "Sa closed", several apart by commas or semicolons behind their hours.
    private void Add(string text)
    {
        foreach (Match match in Stretch().Matches(text.ToLowerInvariant()))
        {
            foreach (var part in match.Groups["days"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                var ends = part.Split('-', StringSplitOptions.TrimEntries);
                int first = Day(ends[0]), last = Day(ends[^1]);
                if (first < 0 || last < 0) continue;
                for (var day = first; ; day = (day + 1) % 7)
                {
                    Open(day, Time(match.Groups["opens"].Value), Time(match.Groups["closes"].Value));
                    if (day == last) break;
                }
            }
        }
    }

    private void Add(DeclaredObject specification)
    {
        TimeOnly? opens = Time(specification.Text("opens")), closes = Time(specification.Text("closes"));
        if (Date(specification.Text("validFrom")) is { } from)
        {
            var to = Date(specification.Text("validThrough")) ?? from;
            // A season is no special day.
            if (to.DayNumber - from.DayNumber is >= 0 and < 32)
            {
                special.Add((from, to, opens, closes));
                return;
            }
        }

        foreach (var day in specification.Texts("dayOfWeek")) if (Day(day) is >= 0 and var place) Open(place, opens, closes);
    }

    private void Open(int day, TimeOnly? opens, TimeOnly? closes)
    {
        known[day] = true;
        if (opens is { } from && closes is { } to && (from != to || from != TimeOnly.MinValue)) days[day].Add((from, to));
    }

    private string ToText(FactWords words)
    {
        var parts = new List<string>();
        for (var first = 0; first < 7; first++)
        {
            if (!known[first]) continue;
            var last = first;
            while (last + 1 < 7 && known[last + 1] && days[last + 1].SetEquals(days[first])) last++;
            var name = last == first ? words.Days[first] : $"{words.Days[first]}–{words.Days[last]}";
            parts.Add($"{name} {Text(days[first], words)}");
            first = last;
        }

        foreach (var (from, to, opens, closes) in special.OrderBy(s => s.From).ThenBy(s => s.Opens))
        {
            var name = from == to ? words.Date(from) : $"{words.Date(from)}–{words.Date(to)}";
            parts.Add($"{name} {(opens is { } start && closes is { } end && start != end ? Text([(start, end)], words) : words.Closed)}");
        }

        return string.Join("; ", parts);
    }

    private static string Text(SortedSet<(TimeOnly Opens, TimeOnly Closes)> hours, FactWords words)
    {
        if (hours.Count == 0) return words.Closed;
        if (hours.Count == 1 && hours.Min.Opens == TimeOnly.MinValue && hours.Min.Closes >= new TimeOnly(23, 59)) return words.AllDay;
        return string.Join(", ", hours.Select(h => string.Create(CultureInfo.InvariantCulture, $"{h.Opens:HH:mm}–{h.Closes:HH:mm}")));
    }

    // Hours are written in many ways: when all of the times stand there, they are taken to be said.
    private bool IsSaid(SaidText text)
    {
        if (special.Count > 0) return false;
        var times = days.SelectMany(day => day).SelectMany(h => (TimeOnly[])[h.Opens, h.Closes]).Distinct().ToList();
        return times.Count > 0 && times.TrueForAll(text.Has);
    }

    private static int Day(string text)
    {
        var name = text[(text.LastIndexOf('/') + 1)..].Trim().ToLowerInvariant();
        var day = Array.IndexOf(s_long, name);
        return day >= 0 ? day : name.Length is >= 2 and <= 4 ? Array.FindIndex(s_short, known => name.StartsWith(known, StringComparison.Ordinal)) : -1;
    }

    private static TimeOnly? Time(string? text) =>
        text is { Length: > 3 and < 20 } && Clock().Match(text) is { Success: true } match
        && TimeOnly.TryParseExact(match.Value.PadLeft(5, '0') is "24:00" ? "23:59" : match.Value.PadLeft(5, '0'), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time : null;

    private static DateOnly? Date(string? text) =>
        text is { Length: >= 10 } && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    [GeneratedRegex(@"(?<days>[a-z]{2,9}(?:\s?[-,]\s?[a-z]{2,9})*)\s+(?:(?<opens>\d{1,2}:\d\d)\s?[-–]\s?(?<closes>\d{1,2}:\d\d)|closed|off)", RegexOptions.ExplicitCapture)]
    private static partial Regex Stretch();

    [GeneratedRegex(@"\d{1,2}:\d\d")]
    private static partial Regex Clock();
}
