namespace Chatbot.Crawler.Politeness;

/// <summary>A host that has answered and no longer does.</summary>
/// <param name="Host">With its port, where it is not the usual one.</param>
/// <param name="Patience">How long it is waited for, from <paramref name="Since"/>; then its URLs fail.</param>
public sealed record AwayHost(string Host, DateTimeOffset Since, TimeSpan Patience);
