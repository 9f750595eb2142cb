namespace Chatbot.Crawler.Urls;

/// <summary>Whether a URL is taken, and why.</summary>
/// <param name="Reason">One of <see cref="PageReasons"/>; null when it is in.</param>
/// <param name="Detail">For people: what decided it.</param>
public sealed record ScopeVerdict(bool IsIn, string? Reason, string Detail)
{
    public static ScopeVerdict In(string detail) => new(true, null, detail);

    public static ScopeVerdict Out(string reason, string detail) => new(false, reason, detail);
}
