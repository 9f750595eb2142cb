using System.Data.Common;
using Chatbot.Backends.Data;
using Chatbot.Core.Data;

namespace Chatbot.Backends.Frames;

/// <summary>What is known of the frames of sites: what stands on most of their pages. Safe for concurrent use.</summary>
public sealed class FrameStore(Database database)
{
    /// <summary>Notes what of a page may stand on others.</summary>
    public Task SaveAsync(PageFrame page, CancellationToken cancellationToken) => database.WriteAsync(transaction => SaveAsync(database, transaction, page, cancellationToken), cancellationToken);

    /// <summary>Notes what of a page may stand on others, in the transaction that says it is indexed.</summary>
    internal static Task<int> SaveAsync(Database database, DbTransaction transaction, PageFrame page, CancellationToken cancellationToken) => transaction.RunAsync(
        $"""
        INSERT INTO page_frames (document_id, site_id, language, hashes, applied) VALUES (@DocumentId, @SiteId, @Language, @hashes, @Applied)
        {database.Dialect.OnConflictUpdate("document_id", "site_id", "language", "hashes", "applied")}
        """,
        new { page.DocumentId, page.SiteId, page.Language, hashes = page.ToBytes(), page.Applied },
        cancellationToken);

    /// <returns>The pages of a site that searches find, in no order.</returns>
    public Task<IReadOnlyList<PageFrame>> ListAsync(string siteId, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<PageFrame>>(
        async connection => (await connection.ListAsync<PageRow>(
            """
            SELECT p.document_id, p.site_id, p.language, p.hashes, p.applied FROM page_frames p JOIN documents d ON d.id = p.document_id
            WHERE p.site_id = @siteId AND d.indexed_version > 0 AND d.status <> 'gone'
            """,
            With(new { siteId }),
            cancellationToken)).ConvertAll(row => new PageFrame(row.DocumentId, row.SiteId, row.Language, PageFrame.FromBytes(row.Hashes), row.Applied)),
        cancellationToken);

    /// <returns>Rises with each change of the site's frame; 0 when nothing is known.</returns>
    public Task<long> GetVersionAsync(string siteId, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.FirstAsync<long>("SELECT version FROM site_frames WHERE site_id = @siteId", With(new { siteId }), cancellationToken), cancellationToken);

    /// <returns>The frame as it was kept; null when nothing is known.</returns>
    public Task<StoredFrame?> FindAsync(string siteId, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.FirstAsync<StoredFrame>("SELECT version, body FROM site_frames WHERE site_id = @siteId", With(new { siteId }), cancellationToken), cancellationToken);

    /// <summary>Keeps a frame under the next version, if it is another one than before and the site is still there.</summary>
    /// <returns>The version that holds now.</returns>
    public Task<long> KeepAsync(string siteId, string body, CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            var known = await transaction.FirstAsync<StoredFrame>("SELECT version, body FROM site_frames WHERE site_id = @siteId", With(new { siteId }), cancellationToken);
            if (known?.Body == body || (known is null && body.Length == 0)) return known?.Version ?? 0;
            var version = (known?.Version ?? 0) + 1;
            await transaction.RunAsync(
                known is null
                    ? "INSERT INTO site_frames (site_id, version, body) SELECT id, @version, @body FROM sites WHERE id = @siteId"
                    : "UPDATE site_frames SET version = @version, body = @body WHERE site_id = @siteId",
                new { siteId, version, body },
                cancellationToken);
            return version;
        },
        cancellationToken);

    /// <returns>Whether a run of the site goes on, or documents of it wait to be indexed.</returns>
    public Task<bool> IsBusyAsync(string siteId, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => await connection.FirstAsync<long>(
            """
            SELECT (SELECT COUNT(*) FROM crawl_runs WHERE site_id = @siteId AND state IN ('queued', 'running'))
                 + (SELECT COUNT(*) FROM documents WHERE site_id = @siteId AND status = 'pending')
            """,
            With(new { siteId }),
            cancellationToken) > 0,
        cancellationToken);

    /// <returns>How many pages of a site wait to be indexed, and whether a run of it goes on.</returns>
    public Task<(int Waiting, bool IsRunning)> CountFirstAsync(string siteId, CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            var (waiting, running) = await connection.FirstAsync<(int Waiting, int Running)>(
                """
                SELECT (SELECT COUNT(*) FROM documents WHERE site_id = @siteId AND status = 'pending' AND content_type LIKE '%html%'),
                       (SELECT COUNT(*) FROM crawl_runs WHERE site_id = @siteId AND state IN ('queued', 'running'))
                """,
                With(new { siteId }),
                cancellationToken);
            return (waiting, running > 0);
        },
        cancellationToken);

    private sealed class PageRow
    {
        public string DocumentId { get; set; } = "";

        public string SiteId { get; set; } = "";

        public string Language { get; set; } = "";

        public byte[] Hashes { get; set; } = [];

        public long Applied { get; set; }
    }
}
