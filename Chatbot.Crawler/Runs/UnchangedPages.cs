using Chatbot.Backends.Data;

namespace Chatbot.Crawler.Runs;

/// <summary>
/// Records the pages of a batch that are documents and did not change, all of them together: on a second crawl these are
/// nearly all pages, and what they cost is what a second crawl costs.
/// </summary>
internal static class UnchangedPages
{
    /// <summary>Those of a batch that this crawler still holds, with the document each of them is, by URL hash.</summary>
    public static async Task<Dictionary<string, string?>> FindHeldAsync(BatchTransaction batch, IReadOnlyList<PageOutcome> outcomes, CancellationToken cancellationToken)
    {
        var rows = await batch.Transaction.ListAsync<HeldRow>(
            $"""
            SELECT f.url_hash, p.document_id FROM frontier f LEFT JOIN pages p ON p.site_id = @Id AND p.url_hash = f.url_hash
            WHERE f.run_id = @RunId AND f.url_hash IN {batch.Dialect.TextsOf("@hashes")} AND f.state = 'leased' AND f.lease = @Lease
            """,
            With(new { batch.Run.Site.Id, batch.Run.RunId, batch.Run.Lease, hashes = JsonRows.Texts([.. outcomes.Select(o => o.Page.UrlHash)]) }),
            cancellationToken);
        return rows.ToDictionary(r => r.UrlHash, r => r.DocumentId, StringComparer.Ordinal);
    }

    /// <returns>The other outcomes, still to be recorded.</returns>
    public static async Task<List<PageOutcome>> RecordAsync(
        BatchTransaction batch, List<PageOutcome> outcomes, Dictionary<string, string?> documents, CancellationToken cancellationToken)
    {
        var (same, others) = (new List<PageOutcome.Same>(), new List<PageOutcome>());
        foreach (var outcome in outcomes)
        {
            if (outcome is PageOutcome.Same one && documents[one.Page.UrlHash] is not null)
                same.Add(one);
            else
                others.Add(outcome);
        }

        if (same.Count == 0)
            return others;

        // Lists run one prepared statement for each element.
        await batch.Transaction.RunEachAsync(
            """
            UPDATE frontier SET state = 'unchanged', lease = NULL, leased_until = NULL, reason = NULL, detail = NULL, status = @Status,
                content_type = @ContentType, bytes = @Bytes, blob_hash = @BlobHash, ms = @Milliseconds
            WHERE run_id = @RunId AND url_hash = @UrlHash
            """,
            same.ConvertAll(s => new { s.Status, ContentType = OutcomeRecorder.Shorten(s.ContentType, 128), s.Bytes, s.Page.BlobHash, s.Milliseconds, batch.Run.RunId, s.Page.UrlHash }),
            cancellationToken);
        await batch.Transaction.RunAsync(
            $"UPDATE pages SET last_run_id = @RunId WHERE site_id = @Id AND url_hash IN {batch.Dialect.TextsOf("@hashes")}",
            new { batch.Run.RunId, batch.Run.Site.Id, hashes = JsonRows.Texts(same.ConvertAll(s => s.Page.UrlHash)) },
            cancellationToken);
        // Sent again, byte for byte, perhaps with other validators.
        await batch.Transaction.RunEachAsync(
            "UPDATE pages SET etag = COALESCE(@ETag, etag), last_modified = COALESCE(@LastModified, last_modified) WHERE site_id = @Id AND url_hash = @UrlHash",
            same.Where(s => (s.ETag ?? s.LastModified) is not null).Select(s => new { s.ETag, s.LastModified, batch.Run.Site.Id, s.Page.UrlHash }).ToList(),
            cancellationToken);
        batch.Counters.Move("leased", "unchanged", same.Count);
        batch.Counters.Fetched += same.Count(s => s.Status is not null);
        batch.Counters.Bytes += same.Sum(s => s.Bytes ?? 0);
        return others;
    }

    private sealed class HeldRow
    {
        public string UrlHash { get; set; } = "";

        public string? DocumentId { get; set; }
    }
}
