using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Core.Data;

namespace Chatbot.Backends.Crawling;

/// <summary>What crawls know of single URLs. Safe for concurrent use.</summary>
public sealed class CrawledUrls(Database database)
{
    /// <summary>What the last run that met a URL says of it.</summary>
    /// <param name="url">Normalised, as crawls write it.</param>
    /// <returns>Null when no run of the knowledge base's sites met it.</returns>
    public Task<CrawlReportLine?> FindAsync(string knowledgeBaseId, string url, CancellationToken cancellationToken) =>
        LastAsync("JOIN sites s ON s.id = r.site_id WHERE s.knowledge_base_id = @owner", knowledgeBaseId, url, cancellationToken);

    /// <summary>What the last run of a site that met a URL says of it.</summary>
    /// <param name="url">Normalised, as crawls write it.</param>
    /// <returns>Null when no run of the site met it.</returns>
    public Task<CrawlReportLine?> FindOfSiteAsync(string siteId, string url, CancellationToken cancellationToken) =>
        LastAsync("WHERE r.site_id = @owner", siteId, url, cancellationToken);

    /// <summary>Of the URLs that a run asked for in vain, the one that is asked for again first.</summary>
    /// <returns>Null when there is none.</returns>
    public Task<PutOffUrl?> FindPutOffAsync(string runId, CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            var rows = await connection.ListAsync<PutOffRow>(
                """
                SELECT url, reason, detail, not_before, COUNT(*) OVER () AS total FROM frontier
                WHERE run_id = @runId AND state = 'queued' AND reason IS NOT NULL ORDER BY not_before LIMIT 1
                """,
                With(new { runId }),
                cancellationToken);
            return rows is [var row] ? new PutOffUrl(row.Url, row.Reason, row.Detail, Stored.Time(row.NotBefore), row.Total - 1) : null;
        },
        cancellationToken);

    private Task<CrawlReportLine?> LastAsync(string of, string owner, string url, CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            var row = await connection.FirstAsync<Row>(
                $"""
                SELECT f.url, f.state, f.reason, f.detail, f.status, f.depth, f.found_on
                FROM frontier f JOIN crawl_runs r ON r.id = f.run_id {of} AND f.url_hash = @hash
                ORDER BY r.created_at DESC LIMIT 1
                """,
                With(new { owner, hash = Ids.Hash(url) }),
                cancellationToken);
            return row is null
                ? null
                : new CrawlReportLine(row.Url, row.State == "leased" ? "queued" : row.State, row.Reason, row.Detail, row.Status, null, null, null, row.Depth, false, null, row.FoundOn);
        },
        cancellationToken);

    private sealed class PutOffRow
    {
        public string Url { get; set; } = "";

        public string Reason { get; set; } = "";

        public string? Detail { get; set; }

        public long NotBefore { get; set; }

        public int Total { get; set; }
    }

    private sealed class Row
    {
        public string Url { get; set; } = "";

        public string State { get; set; } = "";

        public string? Reason { get; set; }

        public string? Detail { get; set; }

        public int? Status { get; set; }

        public int Depth { get; set; }

        public string? FoundOn { get; set; }
    }
}
