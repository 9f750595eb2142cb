namespace Chatbot.Crawler.Fetching;

/// <summary>What came of a request. Redirects are not followed here: their targets have a scope and rules of their own.</summary>
public abstract record FetchResult
{
    private FetchResult()
    {
    }

    /// <summary>The status of the answer; null when none came.</summary>
    public int? Status { get; init; }

    /// <summary>From the request to the header of the answer; null when none came.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>A body that can be read.</summary>
    /// <param name="Kind">What it is, by its declaration and its first bytes.</param>
    /// <param name="ContentType">As declared, or as found when nothing was declared; without parameters.</param>
    /// <param name="Charset">As declared.</param>
    public sealed record Fetched(ReadOnlyMemory<byte> Body, ContentKind Kind, string ContentType, string? Charset) : FetchResult
    {
        public string? ETag { get; init; }

        public string? LastModified { get; init; }

        /// <summary>Values of X-Robots-Tag.</summary>
        public IReadOnlyList<string> RobotsTags { get; init; } = [];

        /// <summary>Values of Link.</summary>
        public IReadOnlyList<string> Links { get; init; } = [];

        /// <summary>Values of Set-Cookie.</summary>
        public IReadOnlyList<string> SetCookies { get; init; } = [];
    }

    /// <summary>The known version is still the one.</summary>
    public sealed record NotModified : FetchResult
    {
        public IReadOnlyList<string> RobotsTags { get; init; } = [];
    }

    /// <param name="Location">Absolute, as the server named it.</param>
    public sealed record Redirected(string Location) : FetchResult;

    /// <summary>The server says that there is nothing (404, 410).</summary>
    public sealed record Gone(string Detail) : FetchResult;

    /// <summary>There is something, but nothing for us.</summary>
    /// <param name="Reason">One of <see cref="PageReasons"/>.</param>
    public sealed record Skipped(string Reason, string Detail) : FetchResult
    {
        public string? ContentType { get; init; }
    }

    /// <param name="Reason">One of <see cref="PageReasons"/>.</param>
    /// <param name="IsRetryable">Asking again later may help.</param>
    public sealed record Failed(string Reason, string Detail, bool IsRetryable) : FetchResult
    {
        /// <summary>How long the server asks to wait.</summary>
        public TimeSpan? RetryAfter { get; init; }

        /// <summary>The server asks for less (429, 503).</summary>
        public bool IsOverload => Status is 429 or 503;
    }
}
