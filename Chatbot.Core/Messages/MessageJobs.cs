using System.Diagnostics;
using System.Text.Json;
using Chatbot.Core.Jobs;

namespace Chatbot.Core.Messages;

/// <summary>Messages as jobs: which queue, which body.</summary>
public static class MessageJobs
{
    /// <summary>Wraps a message for its queue; the current trace goes along.</summary>
    public static Job ToJob(this Message message) => new(IdOf(message), QueueOf(message), JsonSerializer.Serialize(message, CoreJson.Default.Message))
    {
        TraceParent = Activity.Current?.Id,
    };

    /// <exception cref="JsonException">The body is no message of ours.</exception>
    public static Message ToMessage(this Job job) =>
        JsonSerializer.Deserialize(job.Body, CoreJson.Default.Message) ?? throw new JsonException($"Job {job.Id} has an empty body.");

    private static string QueueOf(Message message) => message switch
    {
        CrawlRequested => Queues.Crawls,
        DocumentChanged or DocumentGone or SiteFrameDue or ReindexRequested or IndexReleased => Queues.Documents,
        IndexChanged => Queues.IndexChanges,
        HandoverRequested => Queues.Handovers,
        _ => throw new UnreachableException($"No queue for {message}"),
    };

    // A version of a document is one piece of work however often it is announced; a crash between storing and
    // announcing makes the crawler announce it again.
    private static string IdOf(Message message) => message switch
    {
        CrawlRequested m => Ids.Derive("crawl", m.RunId),
        DocumentChanged m => Ids.Derive("changed", m.DocumentId, m.Version.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        // One at a time for a site; the next round is published while this one is still in hand.
        SiteFrameDue m => Ids.Derive("frame", m.SiteId, (m.Round % 2).ToString(System.Globalization.CultureInfo.InvariantCulture)),
        _ => Ids.New(),
    };
}
