using System.Text;

namespace Chatbot.Crawler.Robots;

internal enum RobotsLineKind
{
    Other,
    Agent,
    Allow,
    Disallow,
    CrawlDelay,
    Sitemap,
}

/// <summary>Knows the names of lines, also as people misspell them, and the form of product tokens.</summary>
internal static class RobotsLine
{
    // The misspellings that Google's parser takes, from what it met on the web.
    private static readonly (string Name, RobotsLineKind Kind)[] s_names =
    [
        ("user-agent", RobotsLineKind.Agent), ("useragent", RobotsLineKind.Agent), ("user agent", RobotsLineKind.Agent),
        ("allow", RobotsLineKind.Allow),
        ("disallow", RobotsLineKind.Disallow), ("dissallow", RobotsLineKind.Disallow), ("dissalow", RobotsLineKind.Disallow),
        ("disalow", RobotsLineKind.Disallow), ("diasllow", RobotsLineKind.Disallow), ("disallaw", RobotsLineKind.Disallow),
        ("crawl-delay", RobotsLineKind.CrawlDelay), ("crawldelay", RobotsLineKind.CrawlDelay),
        ("sitemap", RobotsLineKind.Sitemap), ("site-map", RobotsLineKind.Sitemap),
    ];

    /// <summary>What a line is about; a name that only begins like a known one is taken for it.</summary>
    public static RobotsLineKind KindOf(ReadOnlySpan<byte> name)
    {
        foreach (var (known, kind) in s_names)
            if (name.Length >= known.Length && Ascii.EqualsIgnoreCase(name[..known.Length], known))
                return kind;

        return RobotsLineKind.Other;
    }

    /// <summary>The product token that a value begins with: letters, hyphen and underscore (RFC 9309, 2.2.1); what follows it is a version or a remark.</summary>
    public static string Token(ReadOnlySpan<byte> value)
    {
        var length = 0;
        while (length < value.Length && (char.IsAsciiLetter((char)value[length]) || value[length] is (byte)'-' or (byte)'_'))
            length++;

        return Encoding.ASCII.GetString(value[..length]);
    }
}
