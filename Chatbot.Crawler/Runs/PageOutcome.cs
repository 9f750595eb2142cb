using Chatbot.Crawler.Frontier;
using Chatbot.Crawler.Likeness;

namespace Chatbot.Crawler.Runs;

/// <summary>What a visit to a URL came to, before it is compared with what the site holds already.</summary>
internal abstract record PageOutcome(LeasedUrl Page)
{
    /// <summary>HTTP status; null when no answer came.</summary>
    public int? Status { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Of the body, decompressed.</summary>
    public long? Bytes { get; init; }

    /// <summary>From asking to having read it, pauses for politeness aside.</summary>
    public int? Milliseconds { get; init; }

    /// <summary>What it links to and this run may not know yet.</summary>
    public IReadOnlyList<Candidate> Found { get; init; } = [];

    /// <summary>What was read of it had been rendered; null when nobody judged whether it should be.</summary>
    public bool? Rendered { get; init; }

    /// <summary>For the report, where there is no other detail.</summary>
    public string? Note { get; init; }

    /// <summary>W3C traceparent of the visit.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Content that can be cited.</summary>
    /// <param name="ContentHash">Of what a reader sees.</param>
    /// <param name="Links">JSON list of all its links.</param>
    /// <param name="IsStored">Its bytes and its text are kept; not so when they are those of the version that is known.</param>
    internal sealed record Content(LeasedUrl Page, string BlobHash, string ContentHash, string? Links, bool IsStored) : PageOutcome(Page)
    {
        public string? Title { get; init; }

        public string? Language { get; init; }

        public string? ETag { get; init; }

        public string? LastModified { get; init; }

        /// <summary>Null for what is too short to compare, or no page.</summary>
        public PageSketch? Sketch { get; init; }

        /// <summary>How many pages before it, each leading to the next, said the same but for numbers and dates.</summary>
        public int Recurrence { get; init; }

        /// <summary>The URL that the page names as its own, when it is another one of the site.</summary>
        public Candidate? Canonical { get; init; }
    }

    /// <summary>The server, or the bytes, say that it is as it was.</summary>
    internal sealed record Same(LeasedUrl Page) : PageOutcome(Page)
    {
        public string? ETag { get; init; }

        public string? LastModified { get; init; }
    }

    internal sealed record Redirect(LeasedUrl Page, Candidate Target) : PageOutcome(Page);

    internal sealed record Gone(LeasedUrl Page, string Reason, string Detail) : PageOutcome(Page);

    internal sealed record Skip(LeasedUrl Page, string Reason, string Detail) : PageOutcome(Page);

    internal sealed record Fail(LeasedUrl Page, string Reason, string Detail) : PageOutcome(Page);

    /// <summary>To be asked for again.</summary>
    /// <param name="IsHosts">It is the host that asks for patience or is away: no attempt of this page.</param>
    internal sealed record Retry(LeasedUrl Page, string Reason, string Detail, DateTimeOffset NotBefore, bool IsHosts) : PageOutcome(Page);
}
