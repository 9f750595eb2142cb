using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Core.Data;

namespace Chatbot.Crawler.Sitemaps;

/// <summary>
/// Remembers a site's feeds, because a page that did not change is not read again, and which runs have their sitemaps
/// behind them. Safe for concurrent use.
/// </summary>
internal sealed class FeedStore(Database database)
{
    /// <summary>In <c>crawl_runs.sitemaps_read</c>: what the sitemaps name is in the frontier.</summary>
    public const int Read = 1;

    /// <summary>Beside that: one that is there could not be had, or not all of it.</summary>
    public const int Lost = 2;

    public Task<List<string>> ListAsync(string siteId, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.ListAsync<string>("SELECT url FROM site_feeds WHERE site_id = @siteId ORDER BY url", With(new { siteId }), cancellationToken), cancellationToken);

    public Task KeepAsync(string siteId, string url, CancellationToken cancellationToken) => database.WriteAsync(
        transaction => transaction.RunAsync(
            $"{database.Dialect.InsertOrIgnore} site_feeds (site_id, url_hash, url) VALUES (@siteId, @hash, @url)", new { siteId, hash = Ids.Hash(url), url }, cancellationToken),
        cancellationToken);

    public Task ForgetAsync(string siteId, string url, CancellationToken cancellationToken) => database.WriteAsync(
        transaction => transaction.RunAsync("DELETE FROM site_feeds WHERE site_id = @siteId AND url_hash = @hash", new { siteId, hash = Ids.Hash(url) }, cancellationToken),
        cancellationToken);

    public async Task<bool> HasReadAsync(string runId, CancellationToken cancellationToken) => (await database.ReadAsync(
        connection => connection.FirstAsync<int>("SELECT sitemaps_read FROM crawl_runs WHERE id = @runId", With(new { runId }), cancellationToken), cancellationToken) & Read) != 0;

    /// <param name="what"><see cref="Read"/> or <see cref="Lost"/>.</param>
    public Task MarkAsync(string runId, int what, CancellationToken cancellationToken) => database.WriteAsync(
        transaction => transaction.RunAsync("UPDATE crawl_runs SET sitemaps_read = sitemaps_read | @what WHERE id = @runId", new { runId, what }, cancellationToken), cancellationToken);
}
