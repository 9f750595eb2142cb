using System.Globalization;

namespace Chatbot.Html;

/// <summary>When an event is, in words.</summary>
internal static class EventTime
{
    public static FactLine? Read(DeclaredObject what, FactWords words)
    {
        if (Parse(what.Text("startDate")) is not { } start) return null;
        var end = Parse(what.Text("endDate"));
        var text = $"{words.When}: {Text(start, end, words)}";
        var status = what.Text("eventStatus") ?? "";
        if (status.Contains("Cancelled", StringComparison.Ordinal)) return new($"{text} ({words.Cancelled})", _ => false);
        if (status.Contains("Postponed", StringComparison.Ordinal)) return new($"{text} ({words.Postponed})", _ => false);
        return new(text, said => IsSaid(start, said, words) && (end is null || IsSaid(end.Value, said, words)));
    }

    private static string Text((DateOnly Date, TimeOnly? Time) start, (DateOnly Date, TimeOnly? Time)? end, FactWords words)
    {
        var text = Text(start, words);
        if (end is not { } last || last == start) return text;
        if (last.Date != start.Date) return $"{text} {words.Until} {Text(last, words)}";
        return last.Time is null || start.Time is null ? text : string.Create(CultureInfo.InvariantCulture, $"{text}–{last.Time:HH:mm}");
    }

    private static string Text((DateOnly Date, TimeOnly? Time) moment, FactWords words) =>
        moment.Time is null ? words.Date(moment.Date) : string.Create(CultureInfo.InvariantCulture, $"{words.Date(moment.Date)}, {moment.Time:HH:mm}");

    // As it would be written here, or in one of the ways of numbers.
    private static bool IsSaid((DateOnly Date, TimeOnly? Time) moment, SaidText said, FactWords words)
    {
        var (date, time) = moment;
        if (time is { } clock && !said.Has(clock)) return false;
        string[] ways = [words.Date(date), .. ((string[])["d.M.yyyy", "dd.MM.yyyy", "yyyy-MM-dd", "dd/MM/yyyy", "d MMMM yyyy", "MMMM d yyyy", "MMM d yyyy"]).Select(way => date.ToString(way, CultureInfo.InvariantCulture))];
        return ways.Any(said.Says);
    }

    // The place's own time stands there, whatever its zone.
    private static (DateOnly Date, TimeOnly? Time)? Parse(string? text)
    {
        if (text is null || text.Length < 10 || !DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return null;
        var hasTime = text.Length >= 16 && TimeOnly.TryParseExact(text.AsSpan(11, 5), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        return (date, hasTime ? TimeOnly.ParseExact(text.AsSpan(11, 5), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None) : null);
    }
}
