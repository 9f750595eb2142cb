using System.ComponentModel.DataAnnotations;
using Chatbot.Crawler.Fetching;
using Chatbot.Crawler.Rendering;
using Chatbot.Crawler.Urls;
using Microsoft.Extensions.Options;

namespace Chatbot.Crawler;

/// <summary>How pages are fetched. Section <c>Crawler</c>.</summary>
public sealed class CrawlerOptions
{
    /// <summary>The name that robots.txt files know us by.</summary>
    public const string Agent = "ChatbotCrawler";

    /// <summary>Pause between two requests to one public host; a longer one in robots.txt wins. A host in a private network, which its owner has allowed, is not paused for.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan HostDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause that a robots.txt or a struggling server is granted.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan MaxHostDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Requests in flight to one public host, at most: fewer while it answers slowly. With a pause between requests it matters only where answers take longer than that.</summary>
    [Range(1, 64)]
    public int HostConcurrency { get; set; } = 2;

    /// <summary>Requests in flight to one private host, at most: fewer while it answers slowly.</summary>
    [Range(1, 64)]
    public int PrivateHostConcurrency { get; set; } = 8;

    /// <summary>Pages of a run that are worked on at a time, over all hosts.</summary>
    [Range(1, 256)]
    public int RunConcurrency { get; set; } = 16;

    /// <summary>Runs worked on at a time.</summary>
    [Range(1, 64)]
    public int MaxRuns { get; set; } = 4;

    /// <summary>How often a URL is asked for before it counts as failed.</summary>
    [Range(1, 20)]
    public int Attempts { get; set; } = 6;

    /// <summary>
    /// How often a URL is put off because its host asks for patience (429, 503) or is away, before it counts as failed. Apart from
    /// <see cref="Attempts"/>: what is the host's trouble must not lose a page.
    /// </summary>
    [Range(0, 1_000)]
    public int Waits { get; set; } = 16;

    /// <summary>How long a host that has answered before may be away, as for a restart, until its URLs fail. Two minutes are more than servers take to restart, and not more than one who looks on will wait.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan HostPatience { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Pause before the second attempt; doubles with each one. A longer Retry-After wins.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest Retry-After that is waited for; a URL that asks for more is asked again then anyway.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>URLs taken by a crawler that says nothing for so long go to another one.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often runs are looked for and running ones checked for being cancelled.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Scheduled runs begin up to so long after their time, each site at its own moment: not all of them at the full hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan ScheduleJitter { get; set; } = TimeSpan.FromMinutes(1);

    [ValidateObjectMembers]
    public FetchOptions Fetch { get; set; } = new();

    [ValidateObjectMembers]
    public TrapOptions Traps { get; set; } = new();

    [ValidateObjectMembers]
    public RenderOptions Render { get; set; } = new();

    /// <summary>The same with so many attempts and waits.</summary>
    internal CrawlerOptions WithAttempts(int attempts)
    {
        var copy = (CrawlerOptions)MemberwiseClone();
        (copy.Attempts, copy.Waits) = (attempts, attempts);
        return copy;
    }

    internal string UserAgent => Fetch.Contact.Length == 0 ? $"{Agent}/0.1" : $"{Agent}/0.1 (+{Fetch.Contact})";
}

[OptionsValidator]
internal sealed partial class CrawlerOptionsValidator : IValidateOptions<CrawlerOptions>;
