using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Crawler.Frontier;

namespace Chatbot.Crawler.Runs;

/// <summary>
/// Follows redirects (and canonical links) through the URLs of a run, where each one stands as a duplicate with its target
/// as detail.
/// </summary>
internal static class RedirectChain
{
    /// <summary>Redirects in a row that are followed.</summary>
    public const int Longest = 10;

    /// <returns>The page of the chain that leads to <paramref name="url"/>, or null when the chain ends elsewhere.</returns>
    public static async Task<LeasedUrl?> LeadsToAsync(BatchTransaction batch, string from, string url, CancellationToken cancellationToken)
    {
        for (var (step, current) = (0, from); step <= Longest; step++)
        {
            var row = await batch.Transaction.FirstAsync<Row>(
                """
                SELECT url, url_hash, found_on, redirects, detail FROM frontier
                WHERE run_id = @RunId AND url_hash = @hash AND state = 'duplicate' AND reason IN @reasons
                """,
                With(new { batch.Run.RunId, hash = Ids.Hash(current), reasons = new[] { PageReasons.Redirect, PageReasons.Canonical } }),
                cancellationToken);
            if (row?.Detail is not { } target)
                return null;
            if (target == url)
                return new LeasedUrl { Url = row.Url, UrlHash = row.UrlHash, FoundOn = row.FoundOn, Redirects = row.Redirects };

            current = target;
        }

        return null;
    }

    /// <summary>Marks the URLs as failed that led by redirects to this one, and this one if it is recorded.</summary>
    public static async Task FailAsync(BatchTransaction batch, LeasedUrl last, string reason, string detail, CancellationToken cancellationToken)
    {
        var url = last.Url;
        for (var step = 0; step <= Longest + 1; step++)
        {
            var hash = Ids.Hash(url);
            if (await batch.Transaction.RunAsync(
                "UPDATE frontier SET state = 'failed', reason = @reason, detail = @detail WHERE run_id = @RunId AND url_hash = @hash AND state = 'duplicate' AND reason = @Redirect",
                new { reason, detail, batch.Run.RunId, hash, PageReasons.Redirect },
                cancellationToken) > 0)
            {
                batch.Counters.Move("duplicate", "failed");
            }

            var row = await batch.Transaction.FirstAsync<Row>(
                "SELECT url, url_hash, found_on, redirects, detail FROM frontier WHERE run_id = @RunId AND url_hash = @hash", With(new { batch.Run.RunId, hash }), cancellationToken);
            if (row is not { Redirects: > 0, FoundOn: { } before })
                return;

            url = before;
        }
    }

    private sealed class Row
    {
        public string Url { get; set; } = "";

        public string UrlHash { get; set; } = "";

        public string? FoundOn { get; set; }

        public int Redirects { get; set; }

        public string? Detail { get; set; }
    }
}
