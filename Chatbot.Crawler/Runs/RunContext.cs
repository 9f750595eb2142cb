using System.Collections.Concurrent;
using Chatbot.Core.Sites;
using Chatbot.Crawler.Access;
using Chatbot.Crawler.ErrorPages;
using Chatbot.Crawler.Previews;
using Chatbot.Crawler.Sitemaps;
using Chatbot.Crawler.Urls;

namespace Chatbot.Crawler.Runs;

/// <summary>A run as this crawler works on it.</summary>
internal sealed class RunContext(string runId, Site site, ScopeRules scope, string lease, SiteSession? session)
{
    // About 40 MB of URLs; beyond that the database alone tells what is known.
    private const int MaxSeen = 200_000;

    private volatile bool _isPaused;
    private readonly ConcurrentDictionary<string, string?> _links = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _seen = new(StringComparer.Ordinal);

    public string RunId { get; } = runId;

    public Site Site { get; } = site;

    /// <summary>The site's own connections; null when it has none.</summary>
    public SiteSession? Session { get; } = session;

    public ScopeRules Scope { get; } = scope;

    /// <summary>Of an incremental run: pages that are known are left as they are unless a sitemap says that they changed since; null for a full one.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Nothing more is taken: the site is held back.</summary>
    public bool IsPaused
    {
        get => _isPaused;
        set => _isPaused = value;
    }

    /// <summary>What was fetched before, to be taken as it was; null for all but previews.</summary>
    public FetchMemory? Memory { get; init; }

    /// <summary>Called with links to other hosts, for who wants to know; null for all but previews.</summary>
    public Action<string>? Elsewhere { get; init; }

    /// <summary>What its hosts show where there is nothing.</summary>
    public KnownErrorPages ErrorPages { get; } = new();

    /// <summary>Pages that count on without end.</summary>
    public EndlessChains Chains { get; } = new(scope.LongestChain);

    /// <summary>Feeds that its pages name.</summary>
    public FoundFeeds Feeds { get; } = new();

    /// <summary>The name under which URLs are leased.</summary>
    public string Lease { get; } = lease;

    /// <summary>The one spelling of a link that belongs to the site, or null for one that does not. The same links stand on page after page: each is worked out once.</summary>
    public string? OfSite(string link)
    {
        if (_links.TryGetValue(link, out var known))
            return known;

        var reason = Scope.Explain(link).Reason;
        var url = reason is PageReasons.OffHost or PageReasons.NotHttp ? null : Scope.Normalize(link);
        if (reason is PageReasons.OffHost)
            Elsewhere?.Invoke(link);
        if (_links.Count < MaxSeen)
            _links[link] = url;

        return url;
    }

    /// <summary>True when the run is known to have the URL at this depth or nearer to a start URL. Spares asking the database for the same links on every page.</summary>
    public bool HasSeen(string url, int depth) => _seen.TryGetValue(url, out var known) && known <= depth;

    public void See(string url, int depth)
    {
        if (_seen.Count < MaxSeen || _seen.ContainsKey(url))
            _seen[url] = depth;
    }
}
