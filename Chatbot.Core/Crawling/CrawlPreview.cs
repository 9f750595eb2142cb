namespace Chatbot.Core.Crawling;

/// <summary>What a crawl of a site would come to.</summary>
/// <param name="IsComplete">Everything the site has was looked at; else there is more, and the estimates go by the part that was seen.</param>
/// <param name="Requests">Pages that were asked for.</param>
/// <param name="Waiting">URLs that are in and were not looked at.</param>
/// <param name="Seconds">What it took.</param>
/// <param name="Pages">Every URL that was met (up to 20,000), those nearest to a start first; of those on other hosts the first 200.</param>
public sealed record CrawlPreview(bool IsComplete, int Requests, int Waiting, double Seconds, CrawlPreview.Estimates Estimate, IReadOnlyList<CrawlPreview.Page> Pages)
{
    /// <param name="IsTaken">It would become a document.</param>
    /// <param name="Reason">Why not, in the words of the report, or <see cref="Page.Waiting"/>; null when it is taken.</param>
    /// <param name="Bytes">Of its body, decompressed.</param>
    /// <param name="Depth">Links away from a start URL.</param>
    /// <param name="FoundOn">The page that links to it.</param>
    public sealed record Page(string Url, bool IsTaken, string? Reason, string? Detail, int? Status, string? ContentType, long? Bytes, int Depth, string? FoundOn)
    {
        /// <summary>The reason of URLs that belong to the site by their address, and were not looked at.</summary>
        public const string Waiting = "waiting";

        /// <summary>Its text comes by scripts: it is read in a browser.</summary>
        public bool NeedsBrowser { get; init; }
    }

    /// <summary>What the whole site would cost, as far as it is known.</summary>
    /// <param name="Pages">Documents.</param>
    /// <param name="PdfPages">Pages of PDFs among them.</param>
    /// <param name="Bytes">To be fetched.</param>
    /// <param name="Seconds">To fetch all of it, at the pace that was seen.</param>
    /// <param name="Tokens">To be embedded, by the usual ratio of characters to tokens. Multiply with the price of your model.</param>
    public sealed record Estimates(int Pages, int PdfPages, long Bytes, double Seconds, long Tokens)
    {
        /// <summary>What the embedding model takes for the tokens, in the currency of its price; null where no price is set.</summary>
        public double? Cost { get; init; }
    }
}
