namespace Chatbot.Backends.Crawling;

/// <summary>How many URLs of a run ended in a state for a reason.</summary>
/// <param name="Reason">Null where there is nothing to explain.</param>
public sealed record CrawlReasonCount(string State, string? Reason, int Count);
