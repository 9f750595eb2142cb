using Chatbot.Core.Sites;

namespace Chatbot.Crawler.Urls;

/// <summary>
/// Which query parameters make a page: those that only track visitors or carry their session do not, nor what a site's owner
/// says. Immutable.
/// </summary>
public sealed class QueryRules
{
    // Written by campaigns, mailers and session handling; no page depends on them.
    private static readonly HashSet<string> s_tracking = new(StringComparer.OrdinalIgnoreCase)
    {
        "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "gad_source", "gad_campaignid", "fbclid", "msclkid", "yclid", "twclid", "ttclid", "igshid", "igsh",
        "li_fat_id", "mc_cid", "mc_eid", "mkt_tok", "_ga", "_gl", "_hsenc", "_hsmi", "__hstc", "__hssc", "__hsfp", "hsctatracking",
        "pk_campaign", "pk_kwd", "pk_source", "pk_medium", "piwik_campaign", "mtm_campaign", "mtm_source", "mtm_medium", "mtm_keyword", "mtm_content",
        "wt_mc", "wt_zmc", "vero_id", "oly_enc_id", "oly_anon_id", "s_cid", "icid", "srsltid", "rb_clickid", "epik", "scid",
    };

    private static readonly HashSet<string> s_sessions = new(StringComparer.OrdinalIgnoreCase)
    {
        "phpsessid", "jsessionid", "aspsessionid", "sessionid", "session_id", "sess_id", "oscsid", "zenid", "xtcsid", "cfid", "cftoken",
    };

    // Names that other sites give to something else: here the value tells, too.
    private static readonly HashSet<string> s_maybeSessions = new(StringComparer.OrdinalIgnoreCase) { "sid", "sess", "session", "s" };

    private const int ShortestSession = 20;

    private readonly UrlPattern[] _keep;
    private readonly UrlPattern[] _drop;

    /// <exception cref="ArgumentException">A name is a regular expression that cannot be read.</exception>
    public QueryRules(SiteScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        _keep = [.. scope.KeepParameters.Select(n => new UrlPattern(n))];
        _drop = [.. scope.DropParameters.Select(n => new UrlPattern(n))];
        Sort = scope.SortParameters;
    }

    /// <summary>Tracking and sessions alone.</summary>
    public static QueryRules Default { get; } = new(new SiteScope { StartUrls = [] });

    /// <summary>Parameters are put in order by name: of two orders of the same ones there is one page.</summary>
    public bool Sort { get; }

    /// <returns>Why a parameter is dropped, for people; null when it stays.</returns>
    /// <param name="parameter">As it stands in the URL, <c>name=value</c>.</param>
    public string? Drops(ReadOnlySpan<char> parameter)
    {
        var equals = parameter.IndexOf('=');
        var name = equals < 0 ? parameter : parameter[..equals];
        if (_keep.Length > 0 || _drop.Length > 0)
        {
            var text = name.ToString();
            if (Array.Exists(_keep, p => p.Matches(text)))
                return null;
            if (Array.Find(_drop, p => p.Matches(text)) is { } dropping)
                return $"the site drops {dropping.Text}";
        }

        if (name.StartsWith("utm_", StringComparison.OrdinalIgnoreCase) || Has(s_tracking, name))
            return "it tracks visitors";
        if (Has(s_sessions, name) || name.StartsWith("aspsessionid", StringComparison.OrdinalIgnoreCase))
            return "it carries a session";

        return Has(s_maybeSessions, name) && equals >= 0 && IsSession(parameter[(equals + 1)..]) ? "it carries a session" : null;
    }

    private static bool Has(HashSet<string> names, ReadOnlySpan<char> name) => names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);

    // Long, of letters and digits mixed: no word, no number of an article.
    private static bool IsSession(ReadOnlySpan<char> value)
    {
        if (value.Length < ShortestSession)
            return false;

        var (digits, letters) = (0, 0);
        foreach (var character in value)
        {
            if (char.IsAsciiDigit(character))
                digits++;
            else if (char.IsAsciiLetter(character))
                letters++;
            else if (character is not ('-' or '_' or ','))
                return false;
        }

        return digits >= 4 && letters >= 2;
    }
}
