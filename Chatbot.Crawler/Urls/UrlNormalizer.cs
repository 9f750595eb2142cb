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

    /// <returns>The one spelling, or null for what is no absolute http(s) URL or has a host that cannot be.</returns>
    public static string? Normalize(string url) => Normalize(url, QueryRules.Default);

    /// <summary>The same with the query parameters that make a page on its site.</summary>
    public static string? Normalize(string url, QueryRules rules) =>
        Uri.TryCreate(Clean(url), UriKind.Absolute, out var parsed) ? Normalize(parsed, rules) : null;

    /// <summary>The same for a reference as it stands on a page.</summary>
    public static string? Normalize(Uri baseUrl, string reference) =>
        Uri.TryCreate(baseUrl, Clean(reference), out var parsed) ? Normalize(parsed, QueryRules.Default) : null;

    /// <summary>The parameters of a URL that are left out of its spelling, each with why.</summary>
    public static IReadOnlyList<(string Parameter, string Why)> Dropped(string url, QueryRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (!Uri.TryCreate(Clean(url), UriKind.Absolute, out var parsed))
            return [];

        return [.. parsed.GetComponents(UriComponents.Query, UriFormat.UriEscaped)
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(parameter => (parameter, rules.Drops(parameter)))
            .Where(p => p.Item2 is not null)
            .Select(p => (p.parameter, p.Item2!))];
    }

    private static string? Normalize(Uri url, QueryRules rules)
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
        AppendQuery(text, url.GetComponents(UriComponents.Query, UriFormat.UriEscaped), rules);
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

    private static void AppendQuery(StringBuilder text, string query, QueryRules rules)
    {
        if (query.Length == 0)
            return;

        var start = text.Length;
        var separator = '?';
        foreach (var range in query.AsSpan().Split('&'))
        {
            var parameter = query.AsSpan(range);
            if (parameter.IsEmpty || rules.Drops(parameter) is not null)
                continue;

            text.Append(separator);
            AppendNormalized(text, parameter);
            separator = '&';
        }

        if (!rules.Sort || separator == '?')
            return;

        // Of several with one name the order stays: it may mean something.
        var sorted = text.ToString(start + 1, text.Length - start - 1).Split('&').OrderBy(p => p.Split('=')[0], StringComparer.Ordinal);
        text.Length = start + 1;
        text.AppendJoin('&', sorted);
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
