using System.Globalization;
using Chatbot.Backends.Crawling;
using Chatbot.Backends.Data;
using Chatbot.Crawler.Frontier;
using Chatbot.Crawler.Sitemaps;

namespace Chatbot.Crawler.Runs;

/// <summary>
/// Counts the complete runs in which nothing led to a page any more. After two in a row the page is gone even while its
/// server has it: what visitors cannot come to is no part of the site. What a single run misses proves nothing.
/// </summary>
internal static class MissingPages
{
    private const int RunsUntilGone = 2;

    /// <summary>Takes out the pages that this run is the last one to miss. Safe to repeat.</summary>
    public static async Task DropAsync(BatchTransaction batch, CancellationToken cancellationToken)
    {
        foreach (var page in await FindAsync(batch, cancellationToken))
        {
            if (page.MissingRuns + 1 < RunsUntilGone || !await batch.ForgetAsync(page.UrlHash, null, cancellationToken))
                continue;

            await batch.Transaction.RunAsync(
                "UPDATE frontier SET state = 'gone', reason = @Unlinked, detail = @detail WHERE run_id = @RunId AND url_hash = @UrlHash",
                new
                {
                    PageReasons.Unlinked,
                    detail = string.Create(CultureInfo.InvariantCulture, $"nothing led to it in {RunsUntilGone} complete runs"),
                    batch.Run.RunId,
                    page.UrlHash,
                },
                cancellationToken);
            batch.Counters.Move(page.State, "gone");
        }
    }

    /// <summary>Counts this run. In the transaction that closes it, so that it is counted once.</summary>
    public static async Task CountAsync(BatchTransaction batch, CancellationToken cancellationToken)
    {
        var missing = (await FindAsync(batch, cancellationToken)).ConvertAll(p => p.UrlHash);
        // Found again, or this run proves nothing of them: then they stay as they were counted.
        if (await IsCompleteAsync(batch, cancellationToken))
        {
            await batch.Transaction.RunAsync(
                """
                UPDATE pages SET missing_runs = 0 WHERE site_id = @Id AND missing_runs > 0
                    AND EXISTS (SELECT 1 FROM frontier f WHERE f.run_id = @RunId AND f.url_hash = pages.url_hash AND (f.found_on IS NULL OR f.found_on <> @Known))
                """,
                new { batch.Run.Site.Id, batch.Run.RunId, FrontierStore.Known },
                cancellationToken);
        }

        foreach (var some in missing.Chunk(500))
        {
            await batch.Transaction.RunAsync(
                "UPDATE pages SET missing_runs = missing_runs + 1 WHERE site_id = @Id AND url_hash IN @some", new { batch.Run.Site.Id, some }, cancellationToken);
        }
    }

    /// <returns>Documents that nothing of this run led to; none when it saw only a part of the site.</returns>
    private static async Task<List<MissingRow>> FindAsync(BatchTransaction batch, CancellationToken cancellationToken)
    {
        var missing = await batch.Transaction.ListAsync<MissingRow>(
            """
            SELECT p.url, p.url_hash, p.links, p.missing_runs, f.state FROM frontier f JOIN pages p ON p.site_id = @Id AND p.url_hash = f.url_hash
            WHERE f.run_id = @RunId AND f.found_on = @Known AND p.document_id IS NOT NULL AND f.state IN ('new', 'changed', 'unchanged', 'failed')
            """,
            With(new { batch.Run.Site.Id, batch.Run.RunId, FrontierStore.Known }),
            cancellationToken);
        if (missing.Count == 0 || !await IsCompleteAsync(batch, cancellationToken))
            return [];

        // A page that failed this time would have led on: by what is remembered of it, and of where that leads.
        var failed = await batch.Transaction.ListAsync<string>(
            """
            SELECT p.links FROM frontier f JOIN pages p ON p.site_id = @Id AND p.url_hash = f.url_hash
            WHERE f.run_id = @RunId AND f.state = 'failed' AND f.found_on <> @Known AND p.links IS NOT NULL
            """,
            With(new { batch.Run.Site.Id, batch.Run.RunId, FrontierStore.Known }),
            cancellationToken);
        var byUrl = missing.ToDictionary(p => p.Url, StringComparer.Ordinal);
        var open = new Stack<string>(failed.SelectMany(PageLinks.FromJson));
        while (open.TryPop(out var url))
        {
            if (!byUrl.Remove(url, out var page))
                continue;
            foreach (var link in PageLinks.FromJson(page.Links))
                open.Push(link);
        }

        return [.. byUrl.Values];
    }

    // Cut short by a limit, or without an answer where it starts, a run does not see all that is linked.
    private static async Task<bool> IsCompleteAsync(BatchTransaction batch, CancellationToken cancellationToken)
    {
        if (batch.Run.Since is not null)
            return false;

        var lost = await batch.Transaction.FirstAsync<int?>(
            """
            SELECT 1 FROM frontier WHERE run_id = @RunId
                AND ((state = 'skipped' AND reason IN @limits) OR (state = 'failed' AND found_on IS NULL)) LIMIT 1
            """,
            With(new { batch.Run.RunId, limits = new[] { PageReasons.PageLimit, PageReasons.ByteLimit, PageReasons.QueryVariants, PageReasons.Cancelled } }),
            cancellationToken);
        return lost is null
            && (await batch.Transaction.FirstAsync<int>("SELECT sitemaps_read FROM crawl_runs WHERE id = @RunId", With(new { batch.Run.RunId }), cancellationToken) & FeedStore.Lost) == 0;
    }

    private sealed class MissingRow
    {
        public string Url { get; set; } = "";

        public string UrlHash { get; set; } = "";

        public string? Links { get; set; }

        public int MissingRuns { get; set; }

        public string State { get; set; } = "";
    }
}
