using Chatbot.Backends.Documents;
using Chatbot.Core.Documents;
using Chatbot.Core.Jobs;
using Chatbot.Core.Messages;

namespace Chatbot.Crawler.Runs;

/// <summary>Tells ingestion of documents that the index does not agree with: heals announcements that a crash swallowed. Safe to repeat.</summary>
internal sealed class Announcer(DocumentStore documents, IJobQueue queue)
{
    private const int BatchSize = 500;

    /// <param name="siteId">Null for all sites.</param>
    public async Task AnnounceAsync(string? siteId, CancellationToken cancellationToken)
    {
        foreach (var some in (await documents.ListUnannouncedAsync(siteId, cancellationToken)).Chunk(BatchSize))
        {
            await queue.PublishAsync(
                [.. some.Select(d => d.Status == DocumentStatus.Gone ? new DocumentGone(d.Id).ToJob() : new DocumentChanged(d.Id, d.Version).ToJob())],
                cancellationToken);
        }
    }

    /// <summary>A run of the site ends: what stands on all of its pages can be told now.</summary>
    public Task AnnounceFrameAsync(string siteId, CancellationToken cancellationToken) => queue.PublishAsync([new SiteFrameDue(siteId).ToJob()], cancellationToken);
}
