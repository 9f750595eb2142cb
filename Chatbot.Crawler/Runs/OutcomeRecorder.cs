using System.Data.Common;
using System.Globalization;
using Chatbot.Backends.Data;
using Chatbot.Backends.Documents;
using Chatbot.Core;
using Chatbot.Core.Data;
using Chatbot.Core.Jobs;
using Chatbot.Core.Messages;
using Chatbot.Crawler.Frontier;

namespace Chatbot.Crawler.Runs;

/// <summary>
/// Writes down what visits came to: many in one transaction, each together with the document it changes, so that a crash
/// leaves either all of a page or nothing of it. Safe for concurrent use.
/// </summary>
internal sealed class OutcomeRecorder(Database database, DocumentStore documents, IJobQueue queue, FrontierStore frontier, TimeProvider time)
{
    /// <summary>Records outcomes and takes the next URLs, in one transaction.</summary>
    /// <param name="leaseMost">URLs to take, 0 or more.</param>
    /// <returns>What was taken.</returns>
    public async Task<List<LeasedUrl>> RecordAsync(RunContext run, IReadOnlyList<PageOutcome> outcomes, int leaseMost, CancellationToken cancellationToken)
    {
        var (batch, leased) = await database.WriteAsync(
            async transaction =>
            {
                var current = Begin(transaction, run);
                await RecordAllAsync(current, outcomes, cancellationToken);
                await current.KeepByteLimitAsync(cancellationToken);
                await current.SaveCountersAsync(cancellationToken);
                var next = leaseMost > 0
                    ? await frontier.LeaseAsync(transaction, run.RunId, run.Site.Id, run.Lease, leaseMost, cancellationToken)
                    : [];
                return (current, next);
            },
            cancellationToken);

        // Published after the commit: nobody is told of what may yet be undone. What a crash here loses is announced
        // again at the end of the run.
        await CommittedAsync(batch, cancellationToken);
        return leased;
    }

    /// <summary>Adds URLs to a run.</summary>
    /// <returns>How many of them are to be fetched.</returns>
    public async Task<int> AdmitAsync(RunContext run, IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken)
    {
        var (batch, count) = await database.WriteAsync(
            async transaction =>
            {
                var current = Begin(transaction, run);
                var admitted = await current.AdmitAsync(candidates, cancellationToken);
                await current.SaveCountersAsync(cancellationToken);
                return (current, admitted);
            },
            cancellationToken);
        await CommittedAsync(batch, cancellationToken);
        return count;
    }

    internal BatchTransaction Begin(DbTransaction transaction, RunContext run) => new(transaction, run, database.Dialect, documents, time.Now());

    internal async Task CommittedAsync(BatchTransaction batch, CancellationToken cancellationToken)
    {
        foreach (var (url, depth) in batch.Seen)
            batch.Run.See(url, depth);

        await queue.PublishAsync(batch.Announcements, cancellationToken);
    }

    private async Task RecordAllAsync(BatchTransaction batch, IReadOnlyList<PageOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (outcomes.Count == 0)
            return;

        var held = await UnchangedPages.FindHeldAsync(batch, outcomes, cancellationToken);
        // Where the lease ran out another crawler has the page: its word counts.
        var counted = outcomes.Where(o => held.ContainsKey(o.Page.UrlHash)).ToList();
        foreach (var outcome in await UnchangedPages.RecordAsync(batch, counted, held, cancellationToken))
            await RecordAsync(batch, outcome, cancellationToken);

        await batch.AdmitAsync(counted.SelectMany(o => o.Found).ToList(), cancellationToken);
    }

    private async Task RecordAsync(BatchTransaction batch, PageOutcome outcome, CancellationToken cancellationToken)
    {
        var page = outcome.Page;
        batch.Counters.Bytes += outcome.Bytes ?? 0;
        if (outcome is PageOutcome.Retry retry)
        {
            await RetryAsync(batch, retry, cancellationToken);
            return;
        }

        var end = outcome switch
        {
            PageOutcome.Content content => await RecordContentAsync(batch, content, cancellationToken),
            PageOutcome.Same same => await RecordSameAsync(batch, same, cancellationToken),
            PageOutcome.Redirect redirect => await RecordRedirectAsync(batch, redirect, cancellationToken),
            PageOutcome.Gone gone => await batch.ForgetAsync(page.UrlHash, outcome.TraceParent, cancellationToken)
                ? new PageEnd("gone", gone.Reason, gone.Detail)
                // A link that never led anywhere: nothing is gone, something is broken.
                : new PageEnd("failed", gone.Reason, gone.Detail),
            PageOutcome.Skip skip => new PageEnd(
                await batch.ForgetAsync(page.UrlHash, outcome.TraceParent, cancellationToken) ? "gone" : "skipped", skip.Reason, skip.Detail),
            PageOutcome.Fail fail => new PageEnd("failed", fail.Reason, fail.Detail),
            _ => throw new System.Diagnostics.UnreachableException($"Unhandled {outcome}"),
        };

        if (end is null)
            await batch.RequeueAsync(page.UrlHash, "leased", cancellationToken);
        else
            await FinishAsync(batch, outcome, end, cancellationToken);
    }

    private static async Task FinishAsync(BatchTransaction batch, PageOutcome outcome, PageEnd end, CancellationToken cancellationToken)
    {
        await batch.Transaction.RunAsync(
            """
            UPDATE frontier SET state = @State, lease = NULL, leased_until = NULL, reason = @Reason, detail = @Detail, status = @Status,
                content_type = @ContentType, bytes = @Bytes, blob_hash = @blobHash, rendered = @rendered, ms = @Milliseconds
            WHERE run_id = @RunId AND url_hash = @UrlHash
            """,
            new
            {
                end.State,
                end.Reason,
                Detail = Shorten(end.Detail ?? outcome.Note, 1_000),
                outcome.Status,
                ContentType = Shorten(outcome.ContentType, 128),
                outcome.Bytes,
                blobHash = (outcome as PageOutcome.Content)?.BlobHash ?? (end.State is "unchanged" ? outcome.Page.BlobHash : null),
                rendered = outcome.Rendered == true,
                outcome.Milliseconds,
                batch.Run.RunId,
                outcome.Page.UrlHash,
            },
            cancellationToken);
        batch.Counters.Move("leased", end.State);
        if (outcome.Status is not null)
            batch.Counters.Fetched++;
    }

    private static Task<int> RetryAsync(BatchTransaction batch, PageOutcome.Retry retry, CancellationToken cancellationToken) => batch.Transaction.RunAsync(
        """
        UPDATE frontier SET state = 'queued', lease = NULL, leased_until = NULL, attempts = attempts + @attempt, waits = waits + @wait, not_before = @notBefore, reason = @Reason, detail = @detail
        WHERE run_id = @RunId AND url_hash = @UrlHash
        """,
        // Rounded up: what is asked a moment too early is told to wait once more, and an attempt is lost.
        new { attempt = retry.IsHosts ? 0 : 1, wait = retry.IsHosts ? 1 : 0, notBefore = Stored.Time(retry.NotBefore) + 1, retry.Reason, detail = Shorten(retry.Detail, 1_000), batch.Run.RunId, retry.Page.UrlHash },
        cancellationToken);

    /// <returns>Null when it must be fetched again, in full.</returns>
    private async Task<PageEnd?> RecordContentAsync(BatchTransaction batch, PageOutcome.Content content, CancellationToken cancellationToken)
    {
        var page = content.Page;
        var known = await batch.FindPageAsync(page.UrlHash, cancellationToken);
        if (content.Canonical is { } canonical && await CountsAsync(batch, content, canonical, cancellationToken))
        {
            await batch.ForgetAsync(page.UrlHash, content.TraceParent, cancellationToken);
            return new PageEnd("duplicate", PageReasons.Canonical, canonical.Url);
        }

        var holder = await batch.FindHolderAsync(content.ContentHash, page.UrlHash, cancellationToken);
        if (holder is not null && BatchTransaction.IsBetter(holder.Url, page.Url))
        {
            await GiveWayAsync(batch, content, known, null, cancellationToken);
            return new PageEnd("duplicate", PageReasons.SameContent, holder.Url);
        }

        if (await batch.FindKeptAsync(content, cancellationToken) is { } kept)
        {
            await GiveWayAsync(batch, content, known, kept.UrlHash, cancellationToken);
            return new PageEnd("duplicate", PageReasons.SimilarContent, kept.Url);
        }

        if (known?.DocumentId is { } documentId && known.ContentHash == content.ContentHash)
        {
            await RememberAsync(batch, content, documentId, null, cancellationToken);
            return new PageEnd("unchanged", null, null);
        }

        if (!content.IsStored)
            return null;

        if (holder is not null)
            await DemoteAsync(batch, holder, page.Url, content.TraceParent, cancellationToken);

        var document = await documents.RecordAsync(
            batch.Transaction,
            new DocumentSeen
            {
                KnowledgeBaseId = batch.Run.Site.KnowledgeBaseId,
                SiteId = batch.Run.Site.Id,
                Url = page.Url,
                Title = content.Title,
                Language = content.Language,
                ContentType = content.ContentType,
                BlobHash = content.BlobHash,
                ContentHash = content.ContentHash,
            },
            cancellationToken);
        batch.Announce(new DocumentChanged(document.Id, document.Version), content.TraceParent);
        await RememberAsync(batch, content, document.Id, null, cancellationToken);
        if (known?.DocumentId is null)
            return new PageEnd("new", null, null);

        await batch.PromoteAsync(known.ContentHash, cancellationToken);
        return new PageEnd("changed", null, null);
    }

    /// <param name="nearTo">Hash of the URL that is kept when they are not quite the same.</param>
    private async Task GiveWayAsync(BatchTransaction batch, PageOutcome.Content content, PageRow? known, string? nearTo, CancellationToken cancellationToken)
    {
        await RememberAsync(batch, content, null, nearTo, cancellationToken);
        if (known?.DocumentId is not { } former)
            return;

        await batch.DropDocumentAsync(former, content.TraceParent, cancellationToken);
        await batch.PromoteAsync(known.ContentHash, cancellationToken);
    }

    private static async Task<PageEnd?> RecordSameAsync(BatchTransaction batch, PageOutcome.Same same, CancellationToken cancellationToken)
    {
        var page = same.Page;
        var known = await batch.FindPageAsync(page.UrlHash, cancellationToken);
        if (known?.ContentHash is null)
            return null;

        if (known is { DocumentId: null, NearTo: { } near })
        {
            return await batch.FindPageAsync(near, cancellationToken) is { DocumentId: not null } kept
                ? new PageEnd("duplicate", PageReasons.SimilarContent, kept.Url)
                : null;
        }

        if (known.DocumentId is null)
        {
            // It gave way to another page; should that one be gone by now, this one is wanted in full.
            return await batch.FindHolderAsync(known.ContentHash, page.UrlHash, cancellationToken) is { } holder && BatchTransaction.IsBetter(holder.Url, page.Url)
                ? new PageEnd("duplicate", PageReasons.SameContent, holder.Url)
                : null;
        }

        // Those that were documents before this batch are recorded together; this one has just become one.
        return new PageEnd("unchanged", null, null);
    }

    private static async Task<PageEnd> RecordRedirectAsync(BatchTransaction batch, PageOutcome.Redirect redirect, CancellationToken cancellationToken)
    {
        var page = redirect.Page;
        var target = redirect.Target;
        var wasDocument = await batch.ForgetAsync(page.UrlHash, redirect.TraceParent, cancellationToken);
        if (target.Url == page.Url)
            return new PageEnd("failed", PageReasons.RedirectLoop, $"redirects to itself ({target.Url})");
        if (target.Redirects > RedirectChain.Longest)
        {
            await RedirectChain.FailAsync(batch, page, PageReasons.TooManyRedirects, string.Create(CultureInfo.InvariantCulture, $"more than {RedirectChain.Longest} redirects in a row"), cancellationToken);
            return new PageEnd("failed", PageReasons.TooManyRedirects, $"more than {RedirectChain.Longest} redirects in a row");
        }

        if (await RedirectChain.LeadsToAsync(batch, target.Url, page.Url, cancellationToken) is { } loop)
        {
            await RedirectChain.FailAsync(batch, loop, PageReasons.RedirectLoop, "redirects in a circle", cancellationToken);
            return new PageEnd("failed", PageReasons.RedirectLoop, $"redirects in a circle, by way of {target.Url}");
        }

        // Another site's page is no concern of this run.
        if (target.Verdict.Reason is not (PageReasons.OffHost or PageReasons.NotHttp))
            await batch.AdmitAsync(target, cancellationToken);

        if (wasDocument)
            return new PageEnd("gone", PageReasons.RedirectedAway, target.Url);

        return target.Verdict.IsIn
            ? new PageEnd("duplicate", PageReasons.Redirect, target.Url)
            : new PageEnd("skipped", target.Verdict.Reason, $"redirects to {target.Url}: {target.Verdict.Detail}");
    }

    /// <summary>Whether what a page names as its own URL is to be believed: not when that URL has nothing, or points back.</summary>
    private static async Task<bool> CountsAsync(BatchTransaction batch, PageOutcome.Content content, Candidate canonical, CancellationToken cancellationToken)
    {
        await batch.AdmitAsync(canonical, cancellationToken);
        var target = await batch.Transaction.FirstAsync<TargetRow>(
            "SELECT state, reason FROM frontier WHERE run_id = @RunId AND url_hash = @hash", With(new { batch.Run.RunId, hash = Ids.Hash(canonical.Url) }), cancellationToken);
        if (target is null || target.State is "gone" or "failed" or "skipped")
            return false;

        // Two pages, or a circle of them, that name each other would both be lost.
        return await RedirectChain.LeadsToAsync(batch, canonical.Url, content.Page.Url, cancellationToken) is null;
    }

    private static async Task DemoteAsync(BatchTransaction batch, PageRow holder, string better, string? traceParent, CancellationToken cancellationToken)
    {
        await batch.DropDocumentAsync(holder.DocumentId!, traceParent, cancellationToken);
        await batch.Transaction.RunAsync(
            "UPDATE pages SET document_id = NULL WHERE site_id = @Id AND url_hash = @UrlHash", new { batch.Run.Site.Id, holder.UrlHash }, cancellationToken);
        var state = await batch.Transaction.FirstAsync<string>(
            "SELECT state FROM frontier WHERE run_id = @RunId AND url_hash = @UrlHash", With(new { batch.Run.RunId, holder.UrlHash }), cancellationToken);
        if (state is not ("new" or "changed" or "unchanged"))
            return;

        await batch.Transaction.RunAsync(
            "UPDATE frontier SET state = 'duplicate', reason = @SameContent, detail = @better WHERE run_id = @RunId AND url_hash = @UrlHash",
            new { PageReasons.SameContent, better, batch.Run.RunId, holder.UrlHash },
            cancellationToken);
        batch.Counters.Move(state, "duplicate");
    }

    private Task<int> RememberAsync(BatchTransaction batch, PageOutcome.Content content, string? documentId, string? nearTo, CancellationToken cancellationToken) => batch.Transaction.RunAsync(
        $"""
        INSERT INTO pages (site_id, url_hash, url, document_id, etag, last_modified, blob_hash, content_hash, links, rendered, recurrence,
            outline, simhash, words, near_to, last_run_id)
        VALUES (@Id, @UrlHash, @Url, @documentId, @ETag, @LastModified, @BlobHash, @ContentHash, @Links, @Rendered, @Recurrence,
            @Outline, @Fingerprint, @Words, @nearTo, @RunId)
        {database.Dialect.OnConflictUpdate("site_id, url_hash", "document_id", "etag", "last_modified", "blob_hash", "content_hash", "links", "rendered", "recurrence",
            "outline", "simhash", "words", "near_to", "last_run_id")}
        """,
        new
        {
            batch.Run.Site.Id,
            content.Page.UrlHash,
            content.Page.Url,
            documentId,
            content.ETag,
            content.LastModified,
            content.BlobHash,
            content.ContentHash,
            content.Links,
            content.Rendered,
            content.Recurrence,
            content.Sketch?.Outline,
            content.Sketch?.Fingerprint,
            content.Sketch?.Words,
            nearTo,
            batch.Run.RunId,
        },
        cancellationToken);

    internal static string? Shorten(string? text, int length) => text?.Length > length ? text[..length] : text;

    /// <param name="State">As in the frontier.</param>
    private sealed record PageEnd(string State, string? Reason, string? Detail);

    private sealed class TargetRow
    {
        public string State { get; set; } = "";

        public string? Reason { get; set; }
    }
}
