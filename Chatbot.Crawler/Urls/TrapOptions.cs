using System.ComponentModel.DataAnnotations;

namespace Chatbot.Crawler.Urls;

/// <summary>Where a space of URLs is taken for one without end. Section <c>Crawler:Traps</c>.</summary>
public sealed class TrapOptions
{
    /// <summary>How often one segment may stand in a path.</summary>
    [Range(1, 100)]
    public int MaxSegmentRepeats { get; set; } = 3;

    /// <summary>Query parameters of one URL.</summary>
    [Range(0, 100)]
    public int MaxParameters { get; set; } = 12;

    /// <summary>Different queries of one path within a run. Generous: some sites have all their pages at <c>index.php?id=…</c>.</summary>
    [Range(1, 1_000_000)]
    public int MaxQueryVariants { get; set; } = 2_000;

    /// <summary>
    /// How many pages may lead from one to the next that differ, in address and content, by numbers and dates alone. As long as a
    /// month: a calendar with a page a day may well be empty for one.
    /// </summary>
    [Range(1, 10_000)]
    public int MaxSameInARow { get; set; } = 31;

    /// <summary>How many years ahead calendar pages are taken.</summary>
    [Range(0, 100)]
    public int MaxYearsAhead { get; set; } = 2;
}
