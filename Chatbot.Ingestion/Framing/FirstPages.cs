using Chatbot.Backends.Documents;
using Chatbot.Backends.Frames;
using Chatbot.Core.Documents;
using Chatbot.Core.Extractions;
using Chatbot.Ingestion.Extracting;

namespace Chatbot.Ingestion.Framing;

/// <summary>
/// The pages that a crawl has stored of a site before the first of them is indexed. A site's first pages would be indexed
/// twice otherwise: as they are, and again when it is known what stands on all of them. Safe for concurrent use.
/// </summary>
internal sealed class FirstPages(FrameStore store, DocumentStore documents, Extractors extractors, TimeProvider clock)
{
    // Enough to tell a site's frame from that of one of its parts; all that are there are looked at, up to the second number.
    private const int Enough = 64, Most = 200;

    // With fewer at the end of the patience nothing can be told.
    private const int Fewest = 16;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25);

    // A crawl that stores a page a second is not waited for: its first pages are few, and whoever looks wants to find them.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan FirstPatience = TimeSpan.FromMilliseconds(500);

    /// <summary>Waits while a run of the site stores enough of them within seconds.</summary>
    /// <returns>Those that were read already; empty when they are too few.</returns>
    public async Task<IReadOnlyList<PageFrame>> GetAsync(string siteId, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var (waiting, isRunning) = await store.CountFirstAsync(siteId, cancellationToken);
        while (isRunning && waiting < Enough && IsWorthwhile(clock.GetElapsedTime(started), waiting))
        {
            await Task.Delay(Look, clock, cancellationToken);
            (waiting, isRunning) = await store.CountFirstAsync(siteId, cancellationToken);
        }

        if (waiting < SiteFrame.LeastPages) return [];
        var pages = new List<PageFrame>();
        foreach (var document in await documents.ListAsync(new DocumentFilter { SiteId = siteId, Status = DocumentStatus.Pending, Limit = Most }, cancellationToken))
        {
            if (document.BlobHash is null || await FindAsync(document, cancellationToken) is not { } extraction) continue;
            pages.Add(new PageFrame(document.Id, siteId, extraction.Language ?? "", BlockHash.OfPage(extraction.Blocks), 0));
        }

        return pages;
    }

    private static bool IsWorthwhile(TimeSpan waited, int pages) => waited < FirstPatience || (waited < Patience && pages * Patience >= waited * Fewest);

    private async Task<Extraction?> FindAsync(Document document, CancellationToken cancellationToken)
    {
        try
        {
            return document.ContentType?.Contains("html", StringComparison.OrdinalIgnoreCase) == true
                ? await extractors.FindAsync(document.BlobHash!, new ExtractionSource(default, document.Url, document.ContentType), cancellationToken) : null;
        }
        catch (ExtractionFailedException)
        {
            return null;
        }
    }
}
