using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Chatbot.Crawler.Urls;

/// <summary>
/// Keeps a run out of spaces without end: relative links that repeat themselves, filters that multiply, calendars.
/// Remembers what it let in; safe for concurrent use.
/// </summary>
internal sealed partial class TrapGuard(TrapOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, int> _variants = new(StringComparer.Ordinal);

    /// <summary>What follows from the address alone.</summary>
    public ScopeVerdict? Check(Uri url)
    {
        var path = url.AbsolutePath;
        if (MostRepeated(path) is var (segment, times) && times > options.MaxSegmentRepeats)
            return ScopeVerdict.Out(PageReasons.RepeatingPath, $"\"{segment}\" stands {times} times in the path");

        var parameters = url.Query.Length < 2 ? 0 : url.Query.AsSpan().Count('&') + 1;
        if (parameters > options.MaxParameters)
            return ScopeVerdict.Out(PageReasons.TooManyParameters, $"{parameters} query parameters");

        if (FutureYear(path + url.Query) is { } year)
            return ScopeVerdict.Out(PageReasons.Calendar, $"a calendar page of {year}");

        return null;
    }

    /// <summary>Refuses a URL whose path has had too many queries already.</summary>
    public ScopeVerdict? Limit(Uri url) =>
        url.Query.Length > 1 && _variants.TryGetValue(url.GetLeftPart(UriPartial.Path), out var count) && count >= options.MaxQueryVariants
            ? ScopeVerdict.Out(PageReasons.QueryVariants, $"more than {options.MaxQueryVariants} queries of one path")
            : null;

    /// <summary>Counts a URL that is taken.</summary>
    public void Count(Uri url)
    {
        if (url.Query.Length > 1)
            _variants.AddOrUpdate(url.GetLeftPart(UriPartial.Path), 1, (_, count) => count + 1);
    }

    private static (string Segment, int Times)? MostRepeated(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments.Length < 3)
            return null;

        var most = segments.GroupBy(s => s, StringComparer.Ordinal).MaxBy(g => g.Count())!;
        return (most.Key, most.Count());
    }

    private int? FutureYear(string text)
    {
        // Spares most addresses the search.
        if (!text.AsSpan().ContainsAnyInRange('0', '9'))
            return null;

        var limit = time.GetUtcNow().Year + options.MaxYearsAhead;
        foreach (Match match in YearAndMonth().Matches(text))
        {
            var year = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            if (year > limit)
                return year;
        }

        return null;
    }

    // 2031/05, 2031-5, year=2031&month=5: a year of this age or the next with a month beside it.
    [GeneratedRegex(@"(?<![0-9])(20[0-9]{2}|2[1-9][0-9]{2}|[3-9][0-9]{3})(?:[-/_]|&[a-z_]*mon[a-z_]*=)(?:0?[1-9]|1[0-2])(?![0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex YearAndMonth();
}
