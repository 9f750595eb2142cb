using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Crawler.Frontier;
using Chatbot.Crawler.Urls;

namespace Chatbot.Crawler.Runs;

/// <summary>
/// Lets the URLs that a batch of pages links to into the run. What the frontier has already is asked once for all of them,
/// and one statement adds the rest: a site's pages link to each other, and statement by statement this was the
/// larger part of a crawl's work in the database.
/// </summary>
internal static class Admission
{
    // URLs of one question: few enough to let other writers in.
    private const int HashesAtATime = 500;

    /// <summary>Adds URLs to the run unless they are there; the page limit and the guards against traps have their say.</summary>
    /// <returns>How many are new and wait to be fetched.</returns>
    public static async Task<int> AdmitAsync(this BatchTransaction batch, IReadOnlyCollection<Candidate> candidates, CancellationToken cancellationToken)
    {
        // One that stands on several pages comes in by the shortest way.
        var wanted = new Dictionary<string, Candidate>(candidates.Count, StringComparer.Ordinal);
        foreach (var candidate in candidates)
        {
            if (!wanted.TryGetValue(candidate.Url, out var other) || candidate.Depth < other.Depth)
                wanted[candidate.Url] = candidate;
        }

        var admitted = 0;
        foreach (var part in wanted.Values.Chunk(HashesAtATime))
        {
            var hashes = Array.ConvertAll(part, c => Ids.Hash(c.Url));
            var known = await FindAsync(
                batch, "SELECT url_hash FROM frontier WHERE run_id = @RunId AND url_hash IN", hashes, cancellationToken);
            var left = await FindLeftAsync(batch, part, hashes, cancellationToken);
            var rows = new List<FrontierRow>(part.Length);
            for (var i = 0; i < part.Length; i++)
            {
                if (known.Contains(hashes[i]))
                    admitted += await batch.AdmitAsync(part[i], cancellationToken) ? 1 : 0;
                else if (!left.Contains(hashes[i]))
                    rows.Add(await RowAsync(batch, part[i], hashes[i], cancellationToken));
            }

            await InsertAsync(batch, rows, cancellationToken);
            admitted += rows.Count(r => r.State is "queued");
            await DropUnwantedAsync(batch, rows, cancellationToken);
        }

        return admitted;
    }

    private static async Task<FrontierRow> RowAsync(BatchTransaction batch, Candidate candidate, string hash, CancellationToken cancellationToken)
    {
        var verdict = await batch.JudgeAsync(candidate, cancellationToken);
        batch.Seen.Add((candidate.Url, candidate.Depth));
        if (verdict.IsIn)
        {
            batch.Run.Scope.Count(candidate.Url);
            batch.Counters.Admitted++;
        }

        batch.Counters.Add(verdict.IsIn ? "queued" : "skipped");
        return new FrontierRow(
            hash, candidate.Url, BatchTransaction.HostOf(candidate.Url), candidate.Depth, candidate.FoundOn,
            verdict.IsIn ? "queued" : "skipped", candidate.NotBefore(batch.Now), verdict.Reason, verdict.IsIn ? null : verdict.Detail, candidate.Redirects);
    }

    private static async Task InsertAsync(BatchTransaction batch, List<FrontierRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
            return;

        using var values = new JsonRows();
        foreach (var r in rows)
            values.Row().Add(r.Hash).Add(r.Url).Add(r.Host).Add(r.Depth).Add(r.FoundOn).Add(r.State).Add(r.NotBefore).Add(r.Reason).Add(r.Detail).Add(r.Redirects);
        await batch.Transaction.RunAsync(
            $"""
            INSERT INTO frontier (run_id, url_hash, url, host, depth, found_on, state, not_before, reason, detail, redirects)
            SELECT @RunId, r.hash, r.link, r.authority, r.distance, r.parent, r.first_state, r.first_turn, r.cause, r.remark, r.hops
            FROM {batch.Dialect.RowsOf("@rows", "hash", "link", "authority", "distance", "parent", "first_state", "first_turn", "cause", "remark", "hops")}
            """,
            new { batch.Run.RunId, rows = values.End() },
            cancellationToken);
    }

    // A document whose address is no longer wanted goes at once.
    private static async Task DropUnwantedAsync(BatchTransaction batch, List<FrontierRow> rows, CancellationToken cancellationToken)
    {
        var unwanted = rows.Where(r => r.State is "skipped" && BatchTransaction.EndsDocument(r.Reason)).Select(r => r.Hash).ToArray();
        if (unwanted.Length == 0)
            return;

        foreach (var hash in await FindAsync(batch, "SELECT url_hash FROM pages WHERE site_id = @SiteId AND url_hash IN", unwanted, cancellationToken))
        {
            if (!await batch.ForgetAsync(hash, null, cancellationToken))
                continue;

            await batch.MarkGoneAsync(hash, cancellationToken);
            batch.Counters.Move("skipped", "gone");
        }
    }

    // An incremental run leaves pages as they are that nothing new is said of; those next to a start are where new ones appear.
    private static async Task<HashSet<string>> FindLeftAsync(BatchTransaction batch, Candidate[] part, string[] hashes, CancellationToken cancellationToken)
    {
        if (batch.Run.Since is not { } since)
            return [];

        var spared = hashes.Where((_, i) => part[i] is { Depth: > 1 } or { Depth: 1, ModifiedAt: not null } && (part[i].ModifiedAt ?? DateTimeOffset.MinValue) < since).ToArray();
        return spared.Length == 0
            ? []
            : await FindAsync(batch, "SELECT url_hash FROM pages WHERE site_id = @SiteId AND document_id IS NOT NULL AND url_hash IN", spared, cancellationToken);
    }

    private static async Task<HashSet<string>> FindAsync(BatchTransaction batch, string sql, string[] hashes, CancellationToken cancellationToken) =>
        [.. await batch.Transaction.ListAsync<string>(
            $"{sql} {batch.Dialect.TextsOf("@hashes")}", With(new { batch.Run.RunId, SiteId = batch.Run.Site.Id, hashes = JsonRows.Texts(hashes) }), cancellationToken)];

    private sealed record FrontierRow(
        string Hash, string Url, string Host, int Depth, string? FoundOn, string State, long NotBefore, string? Reason, string? Detail, int Redirects);
}
