namespace Chatbot.Crawler.Robots;

/// <summary>What is known of a host's rules.</summary>
internal abstract record RobotsAnswer
{
    private RobotsAnswer()
    {
    }

    /// <param name="Sitemaps">As the file names them.</param>
    public sealed record Known(RobotsRules Rules, IReadOnlyList<string> Sitemaps) : RobotsAnswer;

    /// <summary>They could not be had: nothing of the host may be fetched for now (RFC 9309, 2.3.1.4).</summary>
    /// <param name="Reason">One of <see cref="PageReasons"/>.</param>
    /// <param name="RetryAt">When it makes sense to ask again.</param>
    /// <param name="IsRetryable">False when asking again does not help.</param>
    public sealed record Unavailable(string Reason, string Detail, DateTimeOffset RetryAt, bool IsRetryable) : RobotsAnswer;
}
