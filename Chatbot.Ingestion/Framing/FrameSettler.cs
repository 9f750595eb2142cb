using System.Collections.Concurrent;
using Chatbot.Backends.Documents;
using Chatbot.Backends.Frames;
using Chatbot.Backends.Sites;
using Chatbot.Core.Chunks;
using Chatbot.Core.Documents;
using Chatbot.Core.Jobs;
using Chatbot.Core.Messages;
using Chatbot.Ingestion.Extracting;
using Chatbot.Ingestion.Indexing;
using Microsoft.Extensions.Logging;

namespace Chatbot.Ingestion.Framing;

/// <summary>
/// At the end of a run: learns a site's frame from all of its pages, has those indexed again that another frame was taken
/// off, and renews the document with the frame's facts. Doing it twice does no harm. Safe for concurrent use.
/// </summary>
internal sealed partial class FrameSettler(
    FrameStore store, SiteFrames frames, SiteFacts facts, DocumentStore documents, DocumentCutter cutter, IChunkIndex index, SiteStore sites, TimeProvider clock, ILogger<FrameSettler> logger)
{
    // The run is announced just before it is closed, and its last documents may be at work elsewhere.
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(10);
    private const int Looks = 7;

    // Of a run that goes on all the same, or documents that no one takes: later, and in the end as things are.
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(1);
    private const int MostRounds = 300;

    /// <returns>What is to be done next.</returns>
    public async Task<IReadOnlyList<Job>> SettleAsync(SiteFrameDue due, CancellationToken cancellationToken)
    {
        if (await sites.FindAsync(due.SiteId, cancellationToken) is not { } site) return [];
        if (!await IsStillAsync(site.Id, cancellationToken) && due.Round < MostRounds)
            return [new SiteFrameDue(due.SiteId, due.Round + 1).ToJob() with { NotBefore = clock.GetUtcNow() + Later }];

        var pages = await store.ListAsync(site.Id, cancellationToken);
        var frame = await frames.LearnAsync(site.Id, pages, cancellationToken);
        var changed = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(pages.Where(page => page.Applied != frame.NameFor(page.Language, page.Hashes)), cancellationToken, async (page, token) =>
        {
            if (await IsChangedAsync(page.DocumentId, token)) changed.Add(page.DocumentId);
        });
        var again = await documents.RenewAsync(changed, cancellationToken);
        if (again.Count > 0) LogChanged(site.Name, again.Count);
        return [.. again.Select(document => new DocumentChanged(document.Id, document.Version).ToJob()), .. await facts.RenewAsync(site, pages, frame, cancellationToken)];
    }

    // Most of what another guess says of a page makes no difference to it, such as nine pages in ten in place of eight.
    private async Task<bool> IsChangedAsync(string documentId, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(documentId, cancellationToken) is not { Status: DocumentStatus.Indexed } document) return false;
        try
        {
            var cut = await cutter.CutAsync(document, cancellationToken);
            var found = await index.GetDocumentAsync(document.KnowledgeBaseId, document.Id, cancellationToken);
            // An id names place, headings and text.
            if (!cut.Chunks.Select(chunk => chunk.Id).SequenceEqual(found.Select(chunk => chunk.Id), StringComparer.Ordinal)) return true;
            if (cut.Frame is not null) await store.SaveAsync(cut.Frame, cancellationToken);
            return false;
        }
        catch (ExtractionFailedException)
        {
            // It keeps what is found of it.
            return false;
        }
    }

    private async Task<bool> IsStillAsync(string siteId, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Looks; i++)
        {
            if (!await store.IsBusyAsync(siteId, cancellationToken)) return true;
            await Task.Delay(FirstLook * (1 << i), clock, cancellationToken);
        }

        return false;
    }

    [LoggerMessage(LogLevel.Information, "{Pages} pages of {Site} are indexed again: what stands on all of its pages has changed")]
    private partial void LogChanged(string site, int pages);
}
