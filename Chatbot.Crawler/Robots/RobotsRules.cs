namespace Chatbot.Crawler.Robots;

/// <summary>What a robots.txt says to one crawler. Immutable.</summary>
public sealed class RobotsRules
{
    private readonly IReadOnlyList<RobotsRule> _rules;

    internal RobotsRules(IReadOnlyList<RobotsRule> rules, TimeSpan? crawlDelay)
    {
        // The longest first, allow before disallow: the first that matches decides.
        _rules = [.. rules.OrderByDescending(r => r.Length).ThenByDescending(r => r.Allow)];
        CrawlDelay = crawlDelay;
    }

    /// <summary>What a host without robots.txt says.</summary>
    public static RobotsRules AllowAll { get; } = new([], null);

    /// <summary>The pause it asks for between two requests; null when it asks for none.</summary>
    public TimeSpan? CrawlDelay { get; }

    /// <summary>Asks about a URL; only its path and query count.</summary>
    public RobotsVerdict Check(string url)
    {
        if (_rules.Count == 0)
            return new RobotsVerdict(true, null);

        var path = RobotsPath.OfUrl(url);
        // The file itself may always be fetched (RFC 9309, 2.2.2).
        if (path == "/robots.txt")
            return new RobotsVerdict(true, null);

        foreach (var rule in _rules)
            if (rule.Matches(path))
                return new RobotsVerdict(rule.Allow, rule.Text);

        return new RobotsVerdict(true, null);
    }
}
