using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Chatbot.Crawler.Frontier;
using Chatbot.Crawler.Likeness;
using Chatbot.Crawler.Urls;

namespace Chatbot.Crawler.Runs;

/// <summary>
/// Follows pages that lead to one another by counting on: calendars back to the year 1, lists that have a next page though
/// they are at their end. Where address and content differ by numbers and dates alone, page after page, the way is left after
/// a while. Pages that say something of their own begin the count anew. Safe for concurrent use.
/// </summary>
internal sealed partial class EndlessChains(int longest)
{
    // Of each page with a number in its address; about 20 MB.
    private const int MaxSteps = 100_000;

    private readonly ConcurrentDictionary<string, Step> _steps = new(StringComparer.Ordinal);

    /// <summary>Notes a page that was read.</summary>
    /// <param name="words">What it says; null when it was not read this time.</param>
    /// <returns>How many pages before it, in a row, said the same.</returns>
    public int Note(LeasedUrl page, IReadOnlyList<string>? words)
    {
        if (Shape(page.Url) is not { } shape)
            return 0;

        var text = words is null ? null : RecurringText.Hash(words);
        var before = page.FoundOn is { } parent && _steps.TryGetValue(parent, out var step) && step.Shape == shape ? step : null;
        var count = (text, before) switch
        {
            (null, _) => page.Recurrence,
            (_, null) => 0,
            // The one before was not read in this run: as far as is known.
            (_, { Text: null }) => Math.Max(before.Count, page.Recurrence),
            _ => before.Text == text ? before.Count + 1 : 0,
        };
        if (_steps.Count < MaxSteps)
            _steps[page.Url] = new Step(shape, text, count);

        return count;
    }

    /// <summary>Takes the links out that count on from a page at the end of a chain.</summary>
    public IReadOnlyList<Candidate> Cut(LeasedUrl page, int count, IReadOnlyList<Candidate> found)
    {
        if (count < longest || Shape(page.Url) is not { } shape)
            return found;

        var verdict = ScopeVerdict.Out(PageReasons.Endless, string.Create(CultureInfo.InvariantCulture, $"{longest} pages in a row said the same but for numbers and dates"));
        return [.. found.Select(c => c.Verdict.IsIn && Shape(c.Url) == shape ? c with { Verdict = verdict } : c)];
    }

    /// <returns>Null for an address without numbers.</returns>
    private static string? Shape(string url)
    {
        // Most addresses have no numbers, and need not be taken apart to see that.
        if (!url.AsSpan().ContainsAnyInRange('0', '9'))
            return null;

        var path = new Uri(url).PathAndQuery;
        return path.AsSpan().ContainsAnyInRange('0', '9') ? Numbers().Replace(path, "#") : null;
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Numbers();

    private sealed record Step(string Shape, string? Text, int Count);
}
