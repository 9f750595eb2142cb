namespace Chatbot.Backends.Crawling;

/// <summary>A URL of a site that leads nowhere, and the pages that link to it.</summary>
/// <param name="Reason">As in the report of the run.</param>
/// <param name="Status">HTTP status; null when no answer came.</param>
/// <param name="Links">How many pages link to it.</param>
/// <param name="LinkedFrom">These pages, in order; the first hundred.</param>
public sealed record BrokenLink(string Url, string? Reason, string? Detail, int? Status, int Links, IReadOnlyList<string> LinkedFrom);
