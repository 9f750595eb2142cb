using Chatbot.Core.Sites;

namespace Chatbot.Crawler.Urls;

/// <summary>Decides which URLs belong to a site, and says why. Immutable but for what <see cref="Count"/> counts; safe for concurrent use.</summary>
public sealed class ScopeRules
{
    internal const string StartDetail = "a start URL";

    // RFC 2606: nobody has it, so only what takes any host takes it.
    private const string Nowhere = "nowhere.invalid";

    private readonly HashSet<string> _startUrls;
    private readonly HashSet<string> _startHosts;
    private readonly HashSet<string> _hosts;
    private readonly List<string> _domains = [];
    private readonly HashSet<string> _fileTypes;
    private readonly UrlPattern[] _include;
    private readonly UrlPattern[] _exclude;
    private readonly TrapGuard _traps;
    private readonly int _maxDepth;
    private readonly bool _subdomains;

    /// <exception cref="ArgumentException">A start URL is no http(s) URL, or a pattern no regular expression; the message says which.</exception>
    public ScopeRules(SiteScope scope, TrapOptions traps, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(scope);
        Parameters = new QueryRules(scope);
        StartUrls = [.. scope.StartUrls.Select(u => Normalize(u) ?? throw new ArgumentException($"\"{u}\" is no http or https address."))];
        _startUrls = [.. StartUrls];
        _startHosts = [.. StartUrls.Select(u => HostKey(new Uri(u)))];
        _hosts = [.. _startHosts];
        var origins = StartUrls.Select(u => new Uri(u).GetLeftPart(UriPartial.Authority)).ToList();
        foreach (var host in scope.Hosts)
        {
            var isDomain = host.StartsWith("*.", StringComparison.Ordinal);
            var key = KeyOf(isDomain ? host[2..] : host) ?? throw new ArgumentException($"\"{host}\" is no host, such as docs.example.org or *.example.org.");
            if (isDomain)
            {
                _domains.Add("." + key);
            }
            else
            {
                _hosts.Add(key);
                origins.Add(new Uri(UrlNormalizer.Normalize($"{new Uri(StartUrls[0]).Scheme}://{host}/")!).GetLeftPart(UriPartial.Authority));
            }
        }

        Origins = [.. origins.Distinct(StringComparer.Ordinal)];

        _fileTypes = scope.FileTypes.ToHashSet(StringComparer.Ordinal);
        _include = Compile(scope.Include);
        _exclude = Compile(scope.Exclude);
        _maxDepth = scope.MaxDepth;
        _subdomains = scope.Subdomains;
        MaxPages = scope.MaxPages;
        MaxBytes = scope.MaxMegabytes * 1_000_000L;
        LongestChain = traps.MaxSameInARow;
        _traps = new TrapGuard(traps, time);
    }

    /// <summary>Normalised, in the order given.</summary>
    public IReadOnlyList<string> StartUrls { get; }

    /// <summary>Scheme, host and port of the start URLs and of the further hosts that are named, the latter by the scheme of the first start URL.</summary>
    public IReadOnlyList<string> Origins { get; }

    public int MaxPages { get; }

    /// <summary>Of bodies, in one run; null where there is no limit.</summary>
    public long? MaxBytes { get; }

    public int MaxDepth => _maxDepth;

    /// <summary>How many pages may lead from one to the next that differ by numbers and dates alone.</summary>
    public int LongestChain { get; }

    public QueryRules Parameters { get; }

    /// <summary>All kinds of files are read.</summary>
    public bool ReadsAll => _fileTypes.Count == 0;

    /// <summary>Whether files of a kind are read, in the words of <see cref="SiteFileTypes"/>.</summary>
    public bool Reads(string fileType) => ReadsAll || _fileTypes.Contains(fileType);

    /// <returns>The one spelling of a URL on this site; null for what is no http(s) URL.</returns>
    public string? Normalize(string url) => UrlNormalizer.Normalize(url, Parameters);

    /// <summary>Whether a URL is taken as far as its address tells; robots.txt and the limits of a run come on top.</summary>
    /// <param name="url">Any spelling.</param>
    /// <param name="depth">Links away from a start URL.</param>
    public ScopeVerdict Explain(string url, int depth = 0)
    {
        if (Normalize(url) is not { } normal)
            return ScopeVerdict.Out(PageReasons.NotHttp, "no http or https address");
        if (normal.Length > UrlNormalizer.MaxLength)
            return ScopeVerdict.Out(PageReasons.UrlTooLong, $"{normal.Length} characters, more than {UrlNormalizer.MaxLength}");

        var isStart = _startUrls.Contains(normal);
        if (_exclude.FirstOrDefault(p => p.Matches(normal)) is { } excluding)
            return ScopeVerdict.Out(PageReasons.Excluded, $"excluded by {excluding.Text}");

        // What the owner names as a start is wanted, whatever else is said of it.
        if (isStart)
            return ScopeVerdict.In(StartDetail);

        var parsed = new Uri(normal);
        var isOnHost = IsOnHost(parsed);
        var including = _include.FirstOrDefault(p => p.Matches(normal) && (isOnHost || NamesHost(p, parsed)));
        if (_include.Length > 0 && including is null)
            return isOnHost
                ? ScopeVerdict.Out(PageReasons.NotIncluded, "no include pattern matches")
                : ScopeVerdict.Out(PageReasons.OffHost, $"{parsed.Authority} is not a host of the site, and no include pattern names it");
        if (_include.Length == 0 && !isOnHost)
            return ScopeVerdict.Out(PageReasons.OffHost, $"{parsed.Authority} is not a host of the site");
        if (FileTypes.Skipped(parsed) is { } extension)
            return ScopeVerdict.Out(PageReasons.FileType, $".{extension} files are not read");
        if (FileTypes.KindOf(parsed) is { } type && !Reads(type))
            return ScopeVerdict.Out(PageReasons.FileType, UnreadDetail(type));
        if (_traps.Check(parsed) is { } trap)
            return trap;
        if (depth > _maxDepth)
            return ScopeVerdict.Out(PageReasons.TooDeep, $"{depth} links from a start URL, more than {_maxDepth}");

        return ScopeVerdict.In(including is null ? $"on {parsed.Authority}" : $"included by {including.Text}");
    }

    /// <summary>Whether the limits that look at many URLs have room for one more that is in by <see cref="Explain"/>; null when they have.</summary>
    /// <param name="url">Normalised.</param>
    internal ScopeVerdict? Limit(string url) => !url.Contains('?', StringComparison.Ordinal) || _startUrls.Contains(url) ? null : _traps.Limit(new Uri(url));

    /// <summary>Counts a URL that was taken for those limits.</summary>
    internal void Count(string url)
    {
        // Nearly all URLs have no query, and need not be taken apart to see that.
        if (url.Contains('?', StringComparison.Ordinal))
            _traps.Count(new Uri(url));
    }

    internal static string UnreadDetail(string fileType) => $"the site is not read for files of the kind \"{fileType}\"";

    private bool IsOnHost(Uri url)
    {
        var key = HostKey(url);
        // Of an address nothing is a subdomain, though 1.127.0.0.1 looks so.
        return _hosts.Contains(key)
            || (url.HostNameType == UriHostNameType.Dns
                && (_domains.Exists(domain => key.EndsWith(domain, StringComparison.Ordinal)) || (_subdomains && _startHosts.Any(host => key.EndsWith("." + host, StringComparison.Ordinal)))));
    }

    // "*/de/*" is meant of the site, not of all the web: such a pattern takes the same address of any host.
    private static bool NamesHost(UrlPattern pattern, Uri url) => !pattern.Matches($"{url.Scheme}://{Nowhere}{(url.IsDefaultPort ? "" : $":{url.Port}")}{url.PathAndQuery}");

    /// <returns>Null for what is no host.</returns>
    internal static string? KeyOf(string host)
    {
        var url = $"http://{host}/";
        return Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed is { AbsolutePath: "/", UserInfo: "", Query: "", Fragment: "" } && UrlNormalizer.Normalize(url) is { } normal
            ? HostKey(new Uri(normal))
            : null;
    }

    // With and without "www." and with either scheme it is one site to its owner; another port is another server.
    private static string HostKey(Uri url)
    {
        var host = url.Host.StartsWith("www.", StringComparison.Ordinal) ? url.Host[4..] : url.Host;
        return url.IsDefaultPort ? host : $"{host}:{url.Port}";
    }

    private static UrlPattern[] Compile(IReadOnlyList<string> patterns) => [.. patterns.Select(p =>
    {
        try
        {
            return new UrlPattern(p);
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException($"The pattern {p} cannot be read: {error.Message}", error);
        }
    })];
}
