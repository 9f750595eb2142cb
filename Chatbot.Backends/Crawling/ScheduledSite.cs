using Chatbot.Core.Sites;

namespace Chatbot.Backends.Crawling;

/// <summary>A site whose schedule is to be looked at.</summary>
/// <param name="DueAt">As stored, in Unix milliseconds; null when no time was planned yet.</param>
public sealed record ScheduledSite(string Id, SiteSchedule Schedule, long? DueAt);
