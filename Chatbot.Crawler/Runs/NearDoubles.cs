using Chatbot.Backends.Data;
using Chatbot.Crawler.Likeness;

namespace Chatbot.Crawler.Runs;

/// <summary>
/// Pages that are nearly the same: of each set the best URL is kept, the others give way to it. While a run goes on, a page
/// gives way to what is there; at its end all pages are looked at in the order of their URLs, so that the outcome does not
/// depend on which was fetched first, and is the same in every run.
/// </summary>
internal static class NearDoubles
{
    /// <summary>The document that a page has to give way to; null when it may stay.</summary>
    public static async Task<PageRow?> FindKeptAsync(this BatchTransaction batch, PageOutcome.Content content, CancellationToken cancellationToken)
    {
        if (content.Sketch is not { } sketch)
            return null;

        var others = await batch.Transaction.ListAsync<Row>(
            """
            SELECT url, url_hash, document_id, outline, simhash, words FROM pages
            WHERE site_id = @Id AND outline = @Outline AND document_id IS NOT NULL AND url_hash <> @UrlHash
            """,
            With(new { batch.Run.Site.Id, sketch.Outline, content.Page.UrlHash }),
            cancellationToken);
        var better = others.Where(o => BatchTransaction.IsBetter(o.Url, content.Page.Url) && o.Sketch.IsNear(sketch)).ToList();
        return better.Count == 0 ? null : better.Aggregate((a, b) => BatchTransaction.IsBetter(a.Url, b.Url) ? a : b).Page;
    }

    /// <summary>Settles for the whole site which pages give way to which. Safe to repeat.</summary>
    /// <returns>True when one that gave way is to be fetched after all.</returns>
    public static async Task<bool> SettleAsync(BatchTransaction batch, CancellationToken cancellationToken)
    {
        var rows = await batch.Transaction.ListAsync<Row>(
            """
            SELECT p.url, p.url_hash, p.document_id, p.outline, p.simhash, p.words, p.near_to, f.state, f.reason FROM pages p
            LEFT JOIN frontier f ON f.run_id = @RunId AND f.url_hash = p.url_hash
            WHERE p.site_id = @Id AND p.outline IS NOT NULL AND (p.near_to IS NOT NULL OR (p.document_id IS NOT NULL AND EXISTS (
                SELECT 1 FROM pages o WHERE o.site_id = @Id AND o.outline = p.outline AND o.url_hash <> p.url_hash)))
            """,
            With(new { batch.Run.RunId, batch.Run.Site.Id }),
            cancellationToken);
        var any = false;
        foreach (var alike in rows.GroupBy(r => r.Outline))
        {
            var kept = new List<Row>();
            foreach (var page in alike.OrderBy(p => p.Url.Length).ThenBy(p => p.Url, StringComparer.Ordinal))
            {
                if (kept.Find(k => k.Sketch.IsNear(page.Sketch)) is { } better)
                {
                    await GiveWayAsync(batch, page, better, cancellationToken);
                    continue;
                }

                kept.Add(page);
                any |= await ComeBackAsync(batch, page, cancellationToken);
            }
        }

        return any;
    }

    private static async Task GiveWayAsync(BatchTransaction batch, Row page, Row better, CancellationToken cancellationToken)
    {
        if (page.DocumentId is null && page.NearTo == better.UrlHash)
            return;

        if (page.DocumentId is { } former)
            await batch.DropDocumentAsync(former, null, cancellationToken);
        await batch.Transaction.RunAsync(
            "UPDATE pages SET document_id = NULL, near_to = @nearTo WHERE site_id = @Id AND url_hash = @UrlHash",
            new { nearTo = better.UrlHash, batch.Run.Site.Id, page.UrlHash },
            cancellationToken);
        if (page.State is not ("new" or "changed" or "unchanged" or "duplicate"))
            return;

        await batch.Transaction.RunAsync(
            "UPDATE frontier SET state = 'duplicate', reason = @SimilarContent, detail = @Url WHERE run_id = @RunId AND url_hash = @UrlHash",
            new { PageReasons.SimilarContent, better.Url, batch.Run.RunId, page.UrlHash },
            cancellationToken);
        batch.Counters.Move(page.State, "duplicate");
    }

    // Only what this run has seen: of others nobody knows whether they are still there.
    private static async Task<bool> ComeBackAsync(BatchTransaction batch, Row page, CancellationToken cancellationToken)
    {
        if (page.DocumentId is not null || page is not { State: "duplicate", Reason: PageReasons.SimilarContent })
            return false;

        await batch.RequeueAsync(page.UrlHash, "duplicate", cancellationToken);
        return true;
    }

    private sealed class Row
    {
        public string Url { get; set; } = "";

        public string UrlHash { get; set; } = "";

        public string? DocumentId { get; set; }

        public long Outline { get; set; }

        public long Simhash { get; set; }

        public int Words { get; set; }

        public string? NearTo { get; set; }

        public string? State { get; set; }

        public string? Reason { get; set; }

        public PageSketch Sketch => new(Outline, Simhash, Words);

        public PageRow Page => new() { Url = Url, UrlHash = UrlHash, DocumentId = DocumentId };
    }
}
