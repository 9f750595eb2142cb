namespace Chatbot.Crawler.Robots;

/// <summary>What came of asking for a robots.txt.</summary>
internal abstract record RobotsFetchResult
{
    private RobotsFetchResult()
    {
    }

    public sealed record Found(RobotsFile File) : RobotsFetchResult;

    /// <summary>The host has none: everything is allowed.</summary>
    public sealed record None : RobotsFetchResult;

    /// <summary>The host could not say.</summary>
    public sealed record Unavailable(string Reason, string Detail, bool IsRetryable, TimeSpan? RetryAfter) : RobotsFetchResult;
}
