using Chatbot.Backends.Data;
using Chatbot.Core.Data;

namespace Chatbot.Crawler.Rendering;

/// <summary>What rendering has brought so far, by site and kind of page. Safe for concurrent use.</summary>
internal sealed class RenderPatternStore(Database database)
{
    public Task<List<RenderPattern>> ListAsync(string siteId, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.ListAsync<RenderPattern>(
            "SELECT pattern, tried, gained, barren FROM render_patterns WHERE site_id = @siteId", With(new { siteId }), cancellationToken),
        cancellationToken);

    public Task SaveAsync(string siteId, RenderPattern pattern, CancellationToken cancellationToken) => database.WriteAsync(
        transaction => transaction.RunAsync(
            $"""
            INSERT INTO render_patterns (site_id, pattern, tried, gained, barren) VALUES (@siteId, @Pattern, @Tried, @Gained, @Barren)
            {database.Dialect.OnConflictUpdate("site_id, pattern", "tried", "gained", "barren")}
            """,
            new { siteId, pattern.Pattern, pattern.Tried, pattern.Gained, pattern.Barren },
            cancellationToken),
        cancellationToken);
}
