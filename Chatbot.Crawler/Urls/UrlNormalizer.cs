using System.Text;

namespace Chatbot.Crawler.Urls;

/// <summary>
/// Gives every address one spelling, so that a page is found once: as the WHATWG URL standard parses it, without
/// fragment and user name, percent-encoding in one form, without parameters that only track visitors.
/// </summary>
public static class UrlNormalizer
{
    /// <summary>Longer URLs are not fetched, in characters: what common browsers and caches agreed on.</summary>
    public const int MaxLength = 2_000;

    // Written by campaigns, mailers and session handling; no page depends on them.
    private static readonly HashSet<string> s_tracking = new(StringComparer.OrdinalIgnoreCase)
    {
        "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "gad_source", "fbclid", "msclkid", "yclid", "twclid", "ttclid", "igshid",
        "li_fat_id", "mc_cid", "mc_eid", "mkt_tok", "_ga", "_gl", "_hsenc", "_hsmi", "__hstc", "__hssc", "hsctatracking",
        "pk_campaign", "pk_kwd", "pk_source", "pk_medium", "piwik_campaign", "mtm_campaign", "mtm_source", "mtm_medium",
        "phpsessid", "jsessionid", "aspsessionid", "wt_mc", "vero_id", "oly_enc_id", "oly_anon_id", "s_cid", "icid",
    };

    /// <returns>The one spelling, or null for what is no absolute http(s) URL or has a host that cannot be.</returns>
    public static string? Normalize(string url) =>
        Uri.TryCreate(Clean(url), UriKind.Absolute, out var parsed) ? Normalize(parsed) : null;

    /// <summary>The same for a reference as it stands on a page.</summary>
    public static string? Normalize(Uri baseUrl, string reference) =>
        Uri.TryCreate(baseUrl, Clean(reference), out var parsed) ? Normalize(parsed) : null;

    private static string? Normalize(Uri url)
    {
        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
            return null;
        if (Host(url) is not { Length: > 0 } host)
            return null;

        var text = new StringBuilder(url.OriginalString.Length + 16);
        text.Append(url.Scheme).Append("://").Append(host);
        if (!url.IsDefaultPort)
            text.Append(':').Append(url.Port);

        var path = url.GetComponents(UriComponents.Path, UriFormat.UriEscaped);
        text.Append('/');
        AppendNormalized(text, WithoutSession(path));
        AppendQuery(text, url.GetComponents(UriComponents.Query, UriFormat.UriEscaped));
        return text.ToString();
    }

    // Browsers drop these wherever they stand (URL standard, 4.4).
    private static string Clean(string url)
    {
        var trimmed = url.AsSpan().Trim(" \t\r\n\f\0");
        return trimmed.ContainsAny("\t\r\n")
            ? string.Concat(trimmed.ToString().Where(c => c is not ('\t' or '\r' or '\n')))
            : trimmed.ToString();
    }

    private static string? Host(Uri url)
    {
        try
        {
            return url.HostNameType switch
            {
                UriHostNameType.IPv6 => url.Host,
                UriHostNameType.IPv4 => url.Host,
                UriHostNameType.Dns => url.IdnHost.ToLowerInvariant().TrimEnd('.'),
                _ => null,
            };
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    // ";jsessionid=…" is how Java servers carry a session without cookies.
    private static ReadOnlySpan<char> WithoutSession(string path)
    {
        var session = path.IndexOf(";jsessionid=", StringComparison.OrdinalIgnoreCase);
        return session < 0 ? path : path.AsSpan(0, session);
    }

    private static void AppendQuery(StringBuilder text, string query)
    {
        var separator = '?';
        foreach (var range in query.AsSpan().Split('&'))
        {
            var parameter = query.AsSpan(range);
            if (parameter.IsEmpty || IsTracking(parameter))
                continue;

            text.Append(separator);
            AppendNormalized(text, parameter);
            separator = '&';
        }
    }

    private static bool IsTracking(ReadOnlySpan<char> parameter)
    {
        var equals = parameter.IndexOf('=');
        var name = equals < 0 ? parameter : parameter[..equals];
        return name.StartsWith("utm_", StringComparison.OrdinalIgnoreCase)
            || s_tracking.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);
    }

    private static void AppendNormalized(StringBuilder text, ReadOnlySpan<char> part)
    {
        for (var i = 0; i < part.Length; i++)
        {
            var character = part[i];
            if (character != '%')
            {
                text.Append(character);
            }
            else if (i + 2 < part.Length && char.IsAsciiHexDigit(part[i + 1]) && char.IsAsciiHexDigit(part[i + 2]))
            {
                var octet = (char)Convert.FromHexString(part.Slice(i + 1, 2))[0];
                if (char.IsAsciiLetterOrDigit(octet) || octet is '-' or '.' or '_' or '~')
                    text.Append(octet);
                else
                    text.Append('%').Append(char.ToUpperInvariant(part[i + 1])).Append(char.ToUpperInvariant(part[i + 2]));

                i += 2;
            }
            else
            {
                text.Append("%25");
            }
        }
    }
}
