using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Core.Crawling;
using Chatbot.Core.Data;
using Chatbot.Crawler.Frontier;

namespace Chatbot.Crawler.Runs;

/// <summary>
/// What is done when a run has no URL left: asks for the pages of earlier runs that this one did not meet, settles which
/// pages stand for others, and closes the books. Every step may be repeated, so that a crash between any two does no harm.
/// </summary>
internal sealed partial class RunEnding(Database database, OutcomeRecorder recorder, Announcer announcer, ILogger<RunEnding> logger)
{
    // Known pages of one transaction.
    private const int KnownBatch = 2_000;

    /// <returns>False when there is more to fetch.</returns>
    public async Task<bool> TryEndAsync(RunContext run, LinkSorter links, CancellationToken cancellationToken)
    {
        if (await SettleAsync(run, links, cancellationToken))
            return false;

        // Before the run is closed: afterwards nobody would look for what a crash kept from being announced.
        await announcer.AnnounceAsync(run.Site.Id, cancellationToken);
        await announcer.AnnounceFrameAsync(run.Site.Id, cancellationToken);
        var end = await database.WriteAsync(
            async transaction =>
            {
                var batch = recorder.Begin(transaction, run);
                return await CountAsync(batch, cancellationToken) is { Queued: 0 } counters
                    ? await CloseAsync(batch, counters, cancellationToken)
                    : null;
            },
            cancellationToken);
        if (end is null)
            return false;

        LogEnded(run.RunId, run.Site.Name, end.Value.State, end.Value.Message);
        return true;
    }

    /// <summary>After a run was cancelled: what was not done is skipped, and the counters are made exact.</summary>
    public Task CleanUpAsync(RunContext run, CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            var state = await transaction.FirstAsync<string>("SELECT state FROM crawl_runs WHERE id = @RunId", With(new { run.RunId }), cancellationToken);
            if (state is not ("cancelled" or "failed"))
                return;

            await transaction.RunAsync(
                """
                UPDATE frontier SET state = 'skipped', reason = @Cancelled, detail = NULL, lease = NULL, leased_until = NULL
                WHERE run_id = @RunId AND state IN ('queued', 'leased')
                """,
                new { run.RunId, PageReasons.Cancelled },
                cancellationToken);
            var batch = recorder.Begin(transaction, run);
            await SaveAsync(batch, await CountAsync(batch, cancellationToken), cancellationToken);
        },
        cancellationToken);

    /// <returns>True when something is to be fetched because of it.</returns>
    private async Task<bool> SettleAsync(RunContext run, LinkSorter links, CancellationToken cancellationToken)
    {
        var (batch, more) = await database.WriteAsync(
            async transaction =>
            {
                var current = recorder.Begin(transaction, run);
                var requeued = await AskForKnownAsync(current, links, cancellationToken);
                requeued |= await GiveBackAsync(current, cancellationToken);
                requeued |= await NearDoubles.SettleAsync(current, cancellationToken);
                requeued |= await PromoteOrphansAsync(current, cancellationToken);
                if (!requeued)
                {
                    // What it takes out may let a double in.
                    await MissingPages.DropAsync(current, cancellationToken);
                    await NearDoubles.SettleAsync(current, cancellationToken);
                    requeued = current.Counters["queued"] > 0;
                }

                await current.SaveCountersAsync(cancellationToken);
                return (current, requeued);
            },
            cancellationToken);
        await recorder.CommittedAsync(batch, cancellationToken);
        return more;
    }

    // A page that nothing links to any more may still be there: its server is asked, and only its word counts.
    private static async Task<bool> AskForKnownAsync(BatchTransaction batch, LinkSorter links, CancellationToken cancellationToken)
    {
        if (batch.Run.Since is not null)
            return false;

        // A site that gave no answer at all has trouble; its pages are left as they are.
        var answered = await batch.Transaction.FirstAsync<int?>(
            "SELECT 1 FROM frontier WHERE run_id = @RunId AND status IS NOT NULL LIMIT 1", With(new { batch.Run.RunId }), cancellationToken);
        if (answered is null)
            return false;

        var known = await batch.Transaction.ListAsync<string>(
            """
            SELECT p.url FROM pages p WHERE p.site_id = @Id
                AND NOT EXISTS (SELECT 1 FROM frontier f WHERE f.run_id = @RunId AND f.url_hash = p.url_hash)
            ORDER BY p.url LIMIT @KnownBatch
            """,
            With(new { batch.Run.Site.Id, batch.Run.RunId, KnownBatch }),
            cancellationToken);
        var any = false;
        foreach (var url in known)
        {
            var candidate = links.Judge(batch.Run, url, 0, FrontierStore.Known);
            any |= await batch.AdmitAsync(candidate, cancellationToken);
        }

        return any;
    }

    // A page that gave way to the URL it names as its own is wanted after all when that URL has nothing.
    private static async Task<bool> GiveBackAsync(BatchTransaction batch, CancellationToken cancellationToken)
    {
        var duplicates = await batch.Transaction.ListAsync<DuplicateRow>(
            "SELECT url_hash, detail FROM frontier WHERE run_id = @RunId AND state = 'duplicate' AND reason = @Canonical",
            With(new { batch.Run.RunId, PageReasons.Canonical }),
            cancellationToken);
        var any = false;
        foreach (var duplicate in duplicates)
        {
            var target = await batch.Transaction.FirstAsync<string>(
                "SELECT state FROM frontier WHERE run_id = @RunId AND url_hash = @hash", With(new { batch.Run.RunId, hash = Ids.Hash(duplicate.Detail ?? "") }), cancellationToken);
            if (target is not (null or "gone" or "failed" or "skipped"))
                continue;

            await batch.RequeueAsync(duplicate.UrlHash, "duplicate", cancellationToken);
            any = true;
        }

        return any;
    }

    private static async Task<bool> PromoteOrphansAsync(BatchTransaction batch, CancellationToken cancellationToken)
    {
        var orphans = await batch.Transaction.ListAsync<string>(
            """
            SELECT DISTINCT p.content_hash FROM frontier f JOIN pages p ON p.site_id = @Id AND p.url_hash = f.url_hash
            WHERE f.run_id = @RunId AND f.state = 'duplicate' AND f.reason = @SameContent AND p.document_id IS NULL
                AND NOT EXISTS (SELECT 1 FROM pages h WHERE h.site_id = @Id AND h.content_hash = p.content_hash AND h.document_id IS NOT NULL)
            """,
            With(new { batch.Run.Site.Id, batch.Run.RunId, PageReasons.SameContent }),
            cancellationToken);
        var any = false;
        foreach (var content in orphans)
            any |= await batch.PromoteAsync(content, cancellationToken);

        return any;
    }

    private static async Task<(CrawlRunState State, string? Message)?> CloseAsync(BatchTransaction batch, CrawlCounters counters, CancellationToken cancellationToken)
    {
        var (state, message) = await VerdictAsync(batch, counters, cancellationToken);
        await SaveAsync(batch, counters, cancellationToken);
        if (state == CrawlRunState.Completed)
            await MissingPages.CountAsync(batch, cancellationToken);
        return await batch.Transaction.RunAsync(
            "UPDATE crawl_runs SET state = @state, message = @message, finished_at = @Now WHERE id = @RunId AND state IN ('queued', 'running')",
            new { state = Stored.Name(state), message, batch.Now, batch.Run.RunId },
            cancellationToken) > 0
            ? (state, message)
            : null;
    }

    private static async Task<(CrawlRunState State, string? Message)> VerdictAsync(BatchTransaction batch, CrawlCounters counters, CancellationToken cancellationToken)
    {
        if (counters.New + counters.Changed + counters.Unchanged == 0)
        {
            var start = await batch.Transaction.FirstAsync<EndRow>(
                "SELECT url, reason, detail FROM frontier WHERE run_id = @RunId AND found_on IS NULL ORDER BY url", With(new { batch.Run.RunId }), cancellationToken);
            return (CrawlRunState.Failed, start is null ? "No page was found." : await ExplainAsync(batch, start, cancellationToken));
        }

        // Where both limits were met, the one that more URLs were left for.
        var limited = await batch.Transaction.FirstAsync<LimitRow>(
            "SELECT reason, COUNT(*) AS count FROM frontier WHERE run_id = @RunId AND state = 'skipped' AND reason IN @limits GROUP BY reason ORDER BY count DESC",
            With(new { batch.Run.RunId, limits = new[] { PageReasons.PageLimit, PageReasons.ByteLimit } }),
            cancellationToken);
        return (CrawlRunState.Completed, limited switch
        {
            null => null,
            { Reason: PageReasons.PageLimit } => $"Stopped at the limit of {batch.Run.Scope.MaxPages} pages; {limited.Count} more URLs were seen.",
            _ => $"Stopped at the limit of {batch.Run.Scope.MaxBytes / 1_000_000} MB; {limited.Count} more URLs were seen.",
        });
    }

    // A start URL that only redirects is explained by where it led.
    private static async Task<string> ExplainAsync(BatchTransaction batch, EndRow start, CancellationToken cancellationToken)
    {
        var (text, reason) = ($"{start.Url}: {start.Detail}", start.Reason);
        for (var (step, url) = (0, start.Detail); step < RedirectChain.Longest && url is not null; step++)
        {
            var next = await batch.Transaction.FirstAsync<EndRow>(
                "SELECT url, reason, detail FROM frontier WHERE run_id = @RunId AND url_hash = @hash", With(new { batch.Run.RunId, hash = Ids.Hash(url) }), cancellationToken);
            if (next is null)
                break;

            text += $": {next.Detail}";
            (url, reason) = (next.Detail, next.Reason);
        }

        return $"Nothing could be fetched. {text}. {Remedies.For(reason)}";
    }

    private static async Task<CrawlCounters> CountAsync(BatchTransaction batch, CancellationToken cancellationToken)
    {
        var rows = (await batch.Transaction.ListAsync<CountRow>(
            "SELECT state, COUNT(*) AS count, COUNT(status) AS answered FROM frontier WHERE run_id = @RunId GROUP BY state", With(new { batch.Run.RunId }), cancellationToken))
            .ToDictionary(r => r.State);
        int Of(string state) => rows.GetValueOrDefault(state)?.Count ?? 0;
        return new CrawlCounters
        {
            Queued = Of("queued") + Of("leased"),
            Fetched = rows.Values.Sum(r => r.Answered),
            New = Of("new"),
            Changed = Of("changed"),
            Unchanged = Of("unchanged"),
            Gone = Of("gone"),
            Duplicate = Of("duplicate"),
            Skipped = Of("skipped"),
            Failed = Of("failed"),
        };
    }

    private static Task<int> SaveAsync(BatchTransaction batch, CrawlCounters counters, CancellationToken cancellationToken) => batch.Transaction.RunAsync(
        """
        UPDATE crawl_runs SET fetched = @Fetched, queued_pages = @Queued, new_pages = @New, changed_pages = @Changed, unchanged_pages = @Unchanged,
            gone_pages = @Gone, duplicate_pages = @Duplicate, skipped_pages = @Skipped, failed_pages = @Failed
        WHERE id = @RunId
        """,
        new
        {
            counters.Fetched,
            counters.Queued,
            counters.New,
            counters.Changed,
            counters.Unchanged,
            counters.Gone,
            counters.Duplicate,
            counters.Skipped,
            counters.Failed,
            batch.Run.RunId,
        },
        cancellationToken);

    [LoggerMessage(LogLevel.Information, "Run {RunId} of {Site} ended: {State} {Message}")]
    private partial void LogEnded(string runId, string site, CrawlRunState state, string? message);

    private sealed class DuplicateRow
    {
        public string UrlHash { get; set; } = "";

        public string? Detail { get; set; }
    }

    private sealed class EndRow
    {
        public string Url { get; set; } = "";

        public string? Reason { get; set; }

        public string? Detail { get; set; }
    }

    private sealed class LimitRow
    {
        public string Reason { get; set; } = "";

        public int Count { get; set; }
    }

    private sealed class CountRow
    {
        public string State { get; set; } = "";

        public int Count { get; set; }

        public int Answered { get; set; }
    }
}
