using System.Text.RegularExpressions;

namespace Chatbot.Crawler.Fetching;

/// <summary>What an answer's header <c>Link</c> (RFC 8288) says of its page: files have no other place for it.</summary>
/// <param name="Canonical">Absolute; null when none is named.</param>
/// <param name="Alternates">The same in other languages, absolute.</param>
internal sealed partial record LinkHeader(string? Canonical, IReadOnlyList<string> Alternates)
{
    // Characters of one value; a header of preloads may be as long.
    private const int Longest = 8_000;

    public static LinkHeader None { get; } = new(null, []);

    /// <param name="url">What its references are relative to.</param>
    public static LinkHeader Read(IReadOnlyList<string> values, Uri url)
    {
        if (values.Count == 0)
            return None;

        string? canonical = null;
        var alternates = new List<string>();
        foreach (var value in values)
        {
            foreach (Match link in Links().Matches(value.Length > Longest ? value[..Longest] : value))
            {
                if (!Uri.TryCreate(url, link.Groups["reference"].Value.Trim(), out var target) || target.Scheme is not ("http" or "https"))
                    continue;

                // Of a parameter that comes twice the first one counts.
                var parameters = Parameters().Matches(link.Groups["parameters"].Value)
                    .GroupBy(p => p.Groups["name"].Value.ToLowerInvariant(), StringComparer.Ordinal)
                    .ToDictionary(g => g.Key, g => g.First().Groups["value"].Value.Trim(), StringComparer.Ordinal);
                var relations = parameters.GetValueOrDefault("rel", "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (relations.Contains("canonical", StringComparer.OrdinalIgnoreCase))
                    canonical ??= target.AbsoluteUri;
                else if (relations.Contains("alternate", StringComparer.OrdinalIgnoreCase) && parameters.ContainsKey("hreflang"))
                    alternates.Add(target.AbsoluteUri);
            }
        }

        return new LinkHeader(canonical, alternates);
    }

    [GeneratedRegex("""<(?<reference>[^<>]*)>(?<parameters>(?:\s*;[^;,"<]*(?:"[^"]*")?)*)""", RegexOptions.CultureInvariant)]
    private static partial Regex Links();

    [GeneratedRegex(""";\s*(?<name>[^\s=;,"]+)\s*=\s*(?:"(?<value>[^"]*)"|(?<value>[^;,"]*))""", RegexOptions.CultureInvariant)]
    private static partial Regex Parameters();
}
