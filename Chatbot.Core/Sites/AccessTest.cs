namespace Chatbot.Core.Sites;

/// <summary>What came of trying to get into a site with what its owner gave. Holds no secrets.</summary>
/// <param name="IsOpen">Every step passed: a crawl would get in.</param>
/// <param name="Detail">For people: what came in the end, or what failed and what to do.</param>
/// <param name="Steps">In the order they were taken; after one that is not passed nothing more is asked of that start page.</param>
public sealed record AccessTest(bool IsOpen, string Detail, IReadOnlyList<AccessTest.Step> Steps)
{
    /// <param name="Name">sign-in, robots, page or redirect.</param>
    /// <param name="Url">What was asked for.</param>
    /// <param name="Detail">For people: what came back.</param>
    public sealed record Step(string Name, string Url, bool IsPassed, string Detail)
    {
        /// <summary>The word of the report for what failed; null when it passed.</summary>
        public string? Reason { get; init; }

        /// <summary>HTTP status; null when no answer came, or of several requests.</summary>
        public int? Status { get; init; }

        /// <summary>Of the page; null when it has none.</summary>
        public string? Title { get; init; }

        /// <summary>Where it leads to.</summary>
        public string? RedirectsTo { get; init; }

        public int Milliseconds { get; init; }
    }
}
