namespace Chatbot.Backends.Crawling;

/// <summary>What became of one URL in a run.</summary>
/// <param name="State">new, changed, unchanged, gone, duplicate, skipped or failed; queued while the run goes on.</param>
/// <param name="Reason">Why, in one word of a fixed list; null when there is nothing to explain. What it means in this case says <paramref name="Detail"/>.</param>
/// <param name="Status">HTTP status; null when no answer came.</param>
/// <param name="Bytes">Of the body, decompressed.</param>
/// <param name="Hash">SHA-256 of the body.</param>
/// <param name="Depth">Links away from a start URL.</param>
/// <param name="Ms">Milliseconds the request took.</param>
/// <param name="FoundOn">The page that linked to it first.</param>
public sealed record CrawlReportLine(
    string Url, string State, string? Reason, string? Detail, int? Status, string? ContentType, long? Bytes, string? Hash, int Depth, bool Rendered, int? Ms, string? FoundOn);
