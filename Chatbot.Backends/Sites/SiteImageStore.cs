using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Core.Data;

namespace Chatbot.Backends.Sites;

/// <summary>The pictures on pages of sites that have them read. Safe for concurrent use.</summary>
public sealed class SiteImageStore(Database database)
{
    /// <returns>Null when it was never asked for.</returns>
    public async Task<SiteImage?> FindAsync(string siteId, string url, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(
            connection => connection.FirstAsync<Row>(
                "SELECT blob_hash, etag, last_modified, fetched_at FROM site_images WHERE site_id = @siteId AND url_hash = @hash", With(new { siteId, hash = Ids.Hash(url) }), cancellationToken),
            cancellationToken);
        return row is null ? null : new SiteImage(row.BlobHash, row.Etag, row.LastModified, Stored.Time(row.FetchedAt));
    }

    /// <summary>Sets it, in place of what there was.</summary>
    public Task SaveAsync(string siteId, string url, SiteImage image, CancellationToken cancellationToken) => database.WriteAsync(
        transaction => transaction.RunAsync(
            $"""
            INSERT INTO site_images (site_id, url_hash, url, blob_hash, etag, last_modified, fetched_at) VALUES (@siteId, @hash, @url, @BlobHash, @ETag, @LastModified, @at)
            {database.Dialect.OnConflictUpdate("site_id, url_hash", "blob_hash", "etag", "last_modified", "fetched_at")}
            """,
            new { siteId, hash = Ids.Hash(url), url, image.BlobHash, image.ETag, image.LastModified, at = Stored.Time(image.FetchedAt) },
            cancellationToken),
        cancellationToken);

    private sealed class Row
    {
        public string? BlobHash { get; set; }

        public string? Etag { get; set; }

        public string? LastModified { get; set; }

        public long FetchedAt { get; set; }
    }
}
