using System.Data.Common;
using System.Globalization;
using Chatbot.Backends.Data;
using Chatbot.Backends.Documents;
using Chatbot.Core;
using Chatbot.Core.Data;
using Chatbot.Core.Jobs;
using Chatbot.Core.Messages;
using Chatbot.Crawler.Frontier;
using Chatbot.Crawler.Urls;

namespace Chatbot.Crawler.Runs;

/// <summary>
/// What the steps of one transaction share: the tables of a run, its counters and what is to be announced after the commit.
/// Made anew when the transaction is run again.
/// </summary>
internal sealed class BatchTransaction(DbTransaction transaction, RunContext run, SqlDialect dialect, DocumentStore documents, long now)
{
    private int _admittedBefore = -1;
    private long _bytesBefore = -1;

    public DbTransaction Transaction { get; } = transaction;

    public RunContext Run { get; } = run;

    public long Now { get; } = now;

    public SqlDialect Dialect { get; } = dialect;

    public CounterChanges Counters { get; } = new();

    /// <summary>To be published when all of this is committed.</summary>
    public List<Job> Announcements { get; } = [];

    /// <summary>URLs that the run is known to have, once this is committed.</summary>
    public List<(string Url, int Depth)> Seen { get; } = [];

    /// <summary>Once the run has the bytes it may fetch, what still waits is skipped.</summary>
    public async Task KeepByteLimitAsync(CancellationToken cancellationToken)
    {
        if (!await HasItsBytesAsync(cancellationToken))
            return;

        var skipped = await Transaction.RunAsync(
            "UPDATE frontier SET state = 'skipped', reason = @ByteLimit, detail = @ByteLimitDetail WHERE run_id = @RunId AND state = 'queued'",
            new { PageReasons.ByteLimit, ByteLimitDetail, Run.RunId },
            cancellationToken);
        Counters.Move("queued", "skipped", skipped);
    }

    /// <summary>Adds a URL to the run unless it is there; the limits and the guards against traps have their say.</summary>
    /// <returns>True when it is new and waits to be fetched.</returns>
    public async Task<bool> AdmitAsync(Candidate candidate, CancellationToken cancellationToken)
    {
        var verdict = await JudgeAsync(candidate, cancellationToken);
        var hash = Ids.Hash(candidate.Url);
        Seen.Add((candidate.Url, candidate.Depth));
        var added = await Transaction.RunAsync(
            $"""
            {Dialect.InsertOrIgnore} frontier (run_id, url_hash, url, host, depth, found_on, state, not_before, reason, detail, redirects)
            VALUES (@RunId, @hash, @Url, @host, @Depth, @FoundOn, @state, @notBefore, @Reason, @Detail, @Redirects)
            """,
            new
            {
                Run.RunId,
                hash,
                candidate.Url,
                host = HostOf(candidate.Url),
                candidate.Depth,
                candidate.FoundOn,
                state = verdict.IsIn ? "queued" : "skipped",
                notBefore = candidate.NotBefore(Now),
                verdict.Reason,
                Detail = verdict.IsIn ? null : verdict.Detail,
                candidate.Redirects,
            },
            cancellationToken) > 0;

        if (!added)
            return verdict.IsIn && await TryComeNearerAsync(candidate, hash, cancellationToken);

        if (verdict.IsIn)
        {
            Run.Scope.Count(candidate.Url);
            Counters.Admitted++;
            Counters.Add("queued");
            return true;
        }

        // A document whose address is no longer wanted goes at once.
        if (EndsDocument(verdict.Reason) && await ForgetAsync(hash, null, cancellationToken))
        {
            await MarkGoneAsync(hash, cancellationToken);
            Counters.Add("gone");
        }
        else
        {
            Counters.Add("skipped");
        }

        return false;
    }

    /// <summary>Whether a URL may come in now: by its address, and by what the run has let in so far.</summary>
    internal async Task<ScopeVerdict> JudgeAsync(Candidate candidate, CancellationToken cancellationToken)
    {
        if (!candidate.Verdict.IsIn)
            return candidate.Verdict;
        if (Run.Scope.Limit(candidate.Url) is { } limited)
            return limited;

        if (await HasItsBytesAsync(cancellationToken))
            return ScopeVerdict.Out(PageReasons.ByteLimit, ByteLimitDetail);

        return await AdmittedAsync(cancellationToken) >= Run.Scope.MaxPages
            ? ScopeVerdict.Out(PageReasons.PageLimit, $"the run has its {Run.Scope.MaxPages} pages")
            : candidate.Verdict;
    }

    /// <summary>Whether a document goes when its URL is left out for a reason; the limits leave it as it is.</summary>
    internal static bool EndsDocument(string? reason) => reason is not (PageReasons.PageLimit or PageReasons.ByteLimit or PageReasons.TooDeep or PageReasons.QueryVariants or PageReasons.Endless);

    internal Task<int> MarkGoneAsync(string urlHash, CancellationToken cancellationToken) => Transaction.RunAsync(
        "UPDATE frontier SET state = 'gone' WHERE run_id = @RunId AND url_hash = @urlHash", new { Run.RunId, urlHash }, cancellationToken);

    public Task<PageRow?> FindPageAsync(string urlHash, CancellationToken cancellationToken) => Transaction.FirstAsync<PageRow>(
        "SELECT url, url_hash, document_id, content_hash, near_to FROM pages WHERE site_id = @Id AND url_hash = @urlHash", With(new { Run.Site.Id, urlHash }), cancellationToken);

    /// <summary>The other page of the site that is kept for a content.</summary>
    public Task<PageRow?> FindHolderAsync(string contentHash, string exceptUrlHash, CancellationToken cancellationToken) => Transaction.FirstAsync<PageRow>(
        """
        SELECT url, url_hash, document_id, content_hash FROM pages
        WHERE site_id = @Id AND content_hash = @contentHash AND document_id IS NOT NULL AND url_hash <> @exceptUrlHash
        """,
        With(new { Run.Site.Id, contentHash, exceptUrlHash }),
        cancellationToken);

    /// <summary>Forgets a page: its document is gone, and another page with the same content takes its place.</summary>
    /// <returns>True when it was a document.</returns>
    public async Task<bool> ForgetAsync(string urlHash, string? traceParent, CancellationToken cancellationToken)
    {
        if (await FindPageAsync(urlHash, cancellationToken) is not { } page)
            return false;

        await Transaction.RunAsync("DELETE FROM pages WHERE site_id = @Id AND url_hash = @urlHash", new { Run.Site.Id, urlHash }, cancellationToken);
        if (page.DocumentId is null)
            return false;

        await DropDocumentAsync(page.DocumentId, traceParent, cancellationToken);
        await PromoteAsync(page.ContentHash, cancellationToken);
        return true;
    }

    public async Task DropDocumentAsync(string documentId, string? traceParent, CancellationToken cancellationToken)
    {
        if (await documents.MarkGoneAsync(Transaction, documentId, cancellationToken))
            Announce(new DocumentGone(documentId), traceParent);
    }

    /// <summary>
    /// The page that was kept for a content has it no longer: the best of those that gave way to it is fetched again, in full.
    /// Those that this run has not visited yet settle it when they are.
    /// </summary>
    /// <returns>True when there is one.</returns>
    public async Task<bool> PromoteAsync(string? contentHash, CancellationToken cancellationToken)
    {
        if (contentHash is null || await FindHolderAsync(contentHash, "", cancellationToken) is not null)
            return false;

        var waiting = await Transaction.ListAsync<PageRow>(
            """
            SELECT p.url, p.url_hash FROM pages p JOIN frontier f ON f.run_id = @RunId AND f.url_hash = p.url_hash
            WHERE p.site_id = @Id AND p.content_hash = @contentHash AND p.document_id IS NULL
                AND f.state = 'duplicate' AND f.reason = @SameContent
            """,
            With(new { Run.RunId, Run.Site.Id, contentHash, PageReasons.SameContent }),
            cancellationToken);
        if (waiting.Count == 0)
            return false;

        var best = waiting.Aggregate((a, b) => IsBetter(a.Url, b.Url) ? a : b);
        await RequeueAsync(best.UrlHash, "duplicate", cancellationToken);
        return true;
    }

    /// <summary>Has a URL fetched again without conditions.</summary>
    /// <param name="from">The state it was counted in.</param>
    public async Task RequeueAsync(string urlHash, string from, CancellationToken cancellationToken)
    {
        await Transaction.RunAsync(
            "UPDATE pages SET etag = NULL, last_modified = NULL, blob_hash = NULL WHERE site_id = @Id AND url_hash = @urlHash",
            new { Run.Site.Id, urlHash },
            cancellationToken);
        var answered = await Transaction.FirstAsync<int?>("SELECT status FROM frontier WHERE run_id = @RunId AND url_hash = @urlHash", With(new { Run.RunId, urlHash }), cancellationToken);
        await Transaction.RunAsync(
            """
            UPDATE frontier SET state = 'queued', lease = NULL, leased_until = NULL, not_before = @Now, attempts = 0, waits = 0, reason = NULL, detail = NULL, status = NULL
            WHERE run_id = @RunId AND url_hash = @urlHash
            """,
            new { Run.RunId, urlHash, Now },
            cancellationToken);
        Counters.Move(from, "queued");
        if (answered is not null && from is not "leased")
            Counters.Fetched--;
    }

    public void Announce(Message message, string? traceParent) =>
        Announcements.Add(message.ToJob() with { TraceParent = traceParent ?? System.Diagnostics.Activity.Current?.Id });

    /// <summary>Of two URLs with one content the shorter is kept, of equally long ones the first in order: a choice that does not depend on which came first.</summary>
    public static bool IsBetter(string url, string other) =>
        url.Length != other.Length ? url.Length < other.Length : string.CompareOrdinal(url, other) < 0;

    public Task SaveCountersAsync(CancellationToken cancellationToken) => Transaction.RunAsync(
        """
        UPDATE crawl_runs SET admitted = admitted + @Admitted, fetched_bytes = fetched_bytes + @Bytes, fetched = fetched + @Fetched, queued_pages = queued_pages + @Queued,
            new_pages = new_pages + @New, changed_pages = changed_pages + @Changed, unchanged_pages = unchanged_pages + @Unchanged,
            gone_pages = gone_pages + @Gone, duplicate_pages = duplicate_pages + @Duplicate, skipped_pages = skipped_pages + @Skipped,
            failed_pages = failed_pages + @Failed
        WHERE id = @RunId
        """,
        new
        {
            Run.RunId,
            Counters.Admitted,
            Counters.Bytes,
            Counters.Fetched,
            Queued = Counters["queued"],
            New = Counters["new"],
            Changed = Counters["changed"],
            Unchanged = Counters["unchanged"],
            Gone = Counters["gone"],
            Duplicate = Counters["duplicate"],
            Skipped = Counters["skipped"],
            Failed = Counters["failed"],
        },
        cancellationToken);

    private string ByteLimitDetail => string.Create(CultureInfo.InvariantCulture, $"the run has its {Run.Scope.MaxBytes / 1_000_000} MB");

    private async Task<bool> HasItsBytesAsync(CancellationToken cancellationToken)
    {
        if (Run.Scope.MaxBytes is not { } most)
            return false;
        if (_bytesBefore < 0)
            _bytesBefore = await Transaction.FirstAsync<long>("SELECT fetched_bytes FROM crawl_runs WHERE id = @RunId", With(new { Run.RunId }), cancellationToken);

        return _bytesBefore + Counters.Bytes >= most;
    }

    private async Task<int> AdmittedAsync(CancellationToken cancellationToken)
    {
        if (_admittedBefore < 0)
            _admittedBefore = await Transaction.FirstAsync<int>("SELECT admitted FROM crawl_runs WHERE id = @RunId", With(new { Run.RunId }), cancellationToken);

        return _admittedBefore + Counters.Admitted;
    }

    // Found again on a shorter way: what was too deep, or at the end of a chain of pages without content, may be in now.
    private async Task<bool> TryComeNearerAsync(Candidate candidate, string hash, CancellationToken cancellationToken)
    {
        var freed = await Transaction.RunAsync(
            """
            UPDATE frontier SET state = 'queued', depth = @Depth, found_on = @FoundOn, reason = NULL, detail = NULL, not_before = @Now
            WHERE run_id = @RunId AND url_hash = @hash AND state = 'skipped' AND reason IN @reasons AND depth > @Depth
            """,
            new { Run.RunId, hash, candidate.Depth, candidate.FoundOn, Now, reasons = new[] { PageReasons.TooDeep, PageReasons.Endless } },
            cancellationToken) > 0;
        if (freed)
        {
            Run.Scope.Count(candidate.Url);
            Counters.Admitted++;
            Counters.Move("skipped", "queued");
        }
        else
        {
            await Transaction.RunAsync(
                "UPDATE frontier SET depth = @Depth WHERE run_id = @RunId AND url_hash = @hash AND state = 'queued' AND depth > @Depth",
                new { Run.RunId, hash, candidate.Depth },
                cancellationToken);
            if (candidate.ModifiedAt is not null)
            {
                await Transaction.RunAsync(
                    "UPDATE frontier SET not_before = @notBefore WHERE run_id = @RunId AND url_hash = @hash AND state = 'queued' AND attempts = 0",
                    new { Run.RunId, hash, notBefore = candidate.NotBefore(Now) },
                    cancellationToken);
            }
        }

        return freed;
    }

    internal static string HostOf(string url)
    {
        // Between the slashes of a normalised URL, which has no user name.
        var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = url.AsSpan(start).IndexOfAny('/', '?') is >= 0 and var length ? start + length : url.Length;
        return url[start..Math.Min(end, start + 255)];
    }
}
