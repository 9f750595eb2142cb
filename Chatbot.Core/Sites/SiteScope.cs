namespace Chatbot.Core.Sites;

/// <summary>Which URLs belong to a site.</summary>
public sealed record SiteScope
{
    /// <summary>Absolute http(s) URLs, at least one. Without <see cref="Include"/>, what is on their hosts, and on <see cref="Hosts"/>, is in scope.</summary>
    public required IReadOnlyList<string> StartUrls { get; init; }

    /// <summary>What is on subdomains of the start URLs' hosts is in scope, too, at whatever depth of names; the port must be the same.</summary>
    public bool Subdomains { get; init; }

    /// <summary>Hosts that are in scope beside those of the start URLs: <c>docs.example.org</c>, <c>*.example.org</c> for all below one, with the port where it is not the usual one.</summary>
    public IReadOnlyList<string> Hosts { get; init => field = value ?? []; } = [];

    /// <summary>Globs over the whole URL (<c>*</c> any run of characters, <c>?</c> one) or, between slashes, a regular expression. When given, only URLs that match one are in, and those of other hosts where it names the host.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Like <see cref="Include"/>; a URL that matches one is out, even if it is included.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>What is read, by <see cref="SiteFileTypes"/>; empty: all of it.</summary>
    public IReadOnlyList<string> FileTypes { get; init => field = value ?? []; } = [];

    /// <summary>Links to follow from a start URL at most, 0 (start URLs only) to 1,000.</summary>
    public int MaxDepth { get; init; } = 50;

    /// <summary>Pages to fetch in one run at most, 1 to 10,000,000.</summary>
    public int MaxPages { get; init; } = 50_000;

    /// <summary>
    /// Millions of bytes to fetch in one run at most, 1 to 10,000,000: the bodies of pages and files, unpacked. What is under way
    /// when they are reached is finished. Null: no limit.
    /// </summary>
    public int? MaxMegabytes { get; init; }

    /// <summary>Names (globs) of query parameters that make a page, even if they would be dropped otherwise.</summary>
    public IReadOnlyList<string> KeepParameters { get; init => field = value ?? []; } = [];

    /// <summary>Names (globs) of query parameters that make no page, beside those that only track visitors or carry sessions; <c>*</c> drops all but <see cref="KeepParameters"/>.</summary>
    public IReadOnlyList<string> DropParameters { get; init => field = value ?? []; } = [];

    /// <summary>The order of query parameters makes no difference: they are put in order by name.</summary>
    public bool SortParameters { get; init; }

    /// <summary>Pages are also found by sitemaps and feeds, not only by links.</summary>
    public bool Sitemaps { get; init; } = true;
}
