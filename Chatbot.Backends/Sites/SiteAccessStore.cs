using System.Text.Json;
using Chatbot.Backends.Data;
using Chatbot.Backends.Secrets;
using Chatbot.Core;
using Chatbot.Core.Data;
using Chatbot.Core.Sites;
using Microsoft.Extensions.Options;

namespace Chatbot.Backends.Sites;

/// <summary>What opens the sites that are not open to everyone, sealed in the database. Safe for concurrent use.</summary>
public sealed class SiteAccessStore
{
    private readonly Database _database;
    private readonly SecretBox _box;
    private readonly TimeProvider _clock;

    public SiteAccessStore(Database database, IOptions<Embedded.DataOptions> data, TimeProvider clock)
    {
        _database = database;
        _box = new SecretBox(data);
        _clock = clock;
    }

    /// <returns>Null when the site needs none.</returns>
    /// <exception cref="StorageException">It was sealed with a key that is not there any more.</exception>
    public async Task<SiteAccess?> FindAsync(string siteId, CancellationToken cancellationToken)
    {
        var row = await _database.ReadAsync(
            connection => connection.FirstAsync<string>("SELECT sealed FROM site_access WHERE site_id = @siteId", With(new { siteId }), cancellationToken),
            cancellationToken);
        return row is null ? null : JsonSerializer.Deserialize(_box.Open(row, Context(siteId)), CoreJson.Default.SiteAccess);
    }

    /// <summary>Sets it, in place of what there was.</summary>
    public Task SaveAsync(string siteId, SiteAccess access, CancellationToken cancellationToken)
    {
        var content = _box.Seal(JsonSerializer.Serialize(access, CoreJson.Default.SiteAccess), Context(siteId));
        return _database.WriteAsync(
            transaction => transaction.RunAsync(
                $"""
                INSERT INTO site_access (site_id, sealed, changed_at) VALUES (@siteId, @content, @now)
                {_database.Dialect.OnConflictUpdate("site_id", "sealed", "changed_at")}
                """,
                new { siteId, content, now = _clock.Now() },
                cancellationToken),
            cancellationToken);
    }

    /// <returns>False when there was none.</returns>
    public async Task<bool> DeleteAsync(string siteId, CancellationToken cancellationToken) => await _database.WriteAsync(
        transaction => transaction.RunAsync("DELETE FROM site_access WHERE site_id = @siteId", new { siteId }, cancellationToken),
        cancellationToken) > 0;

    private static string Context(string siteId) => "site-access " + siteId;
}
