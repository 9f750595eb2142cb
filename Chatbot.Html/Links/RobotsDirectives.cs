namespace Chatbot.Html;

/// <summary>What a page asks of robots, by <c>meta name=robots</c> or the <c>X-Robots-Tag</c> header.</summary>
public sealed record RobotsDirectives(bool NoIndex, bool NoFollow)
{
    public static RobotsDirectives None { get; } = new(false, false);

    /// <summary>Reads <c>noindex, nofollow</c>, <c>none</c>…; unknown words do nothing.</summary>
    public static RobotsDirectives Parse(string? content)
    {
        if (string.IsNullOrWhiteSpace(content)) return None;
        bool noIndex = false, noFollow = false;
        foreach (var word in content.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            noIndex |= Is(word, "noindex") || Is(word, "none");
            noFollow |= Is(word, "nofollow") || Is(word, "none");
        }

        return new(noIndex, noFollow);
    }

    /// <summary>Reads the values of X-Robots-Tag headers; those for another robot (<c>otherbot: noindex</c>) do nothing.</summary>
    /// <param name="agent">The name of this robot, as in robots.txt.</param>
    public static RobotsDirectives FromHeader(IEnumerable<string> values, string agent)
    {
        var all = None;
        foreach (var value in values)
        {
            // "agent: words"; a colon after a word such as unavailable_after or max-snippet names no agent.
            var colon = value.IndexOf(':', StringComparison.Ordinal);
            var name = colon < 0 ? "" : value[..colon].Trim();
            var scoped = colon > 0 && !name.Contains(',', StringComparison.Ordinal)
                && !name.StartsWith("max-", StringComparison.OrdinalIgnoreCase) && !Is(name, "unavailable_after");
            if (scoped && !Is(name, agent)) continue;
            all = all.And(Parse(scoped ? value[(colon + 1)..] : value));
        }

        return all;
    }

    /// <summary>Both together: the stricter one wins.</summary>
    public RobotsDirectives And(RobotsDirectives other) => new(NoIndex || other.NoIndex, NoFollow || other.NoFollow);

    private static bool Is(string word, string name) => word.Equals(name, StringComparison.OrdinalIgnoreCase);
}
