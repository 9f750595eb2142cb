using Chatbot.Backends.Data;
using Chatbot.Core.Data;
using Chatbot.Core.Sites;

namespace Chatbot.Backends.Sites;

/// <summary>The websites to crawl. Safe for concurrent use.</summary>
public sealed class SiteStore(Database database, TimeProvider clock)
{
    private const string Select = "SELECT id, knowledge_base_id, name, scope, render_mode, host_delay_ms, allow_private, reading, schedule, paused, created_at FROM sites";

    /// <returns>The sites of a knowledge base, or of all (null), oldest first.</returns>
    public Task<IReadOnlyList<Site>> ListAsync(string? knowledgeBaseId, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Site>>(
        async connection => (await connection.ListAsync<SiteRow>(
            $"{Select} {(knowledgeBaseId is null ? "" : "WHERE knowledge_base_id = @knowledgeBaseId")} ORDER BY created_at, id",
            With(new { knowledgeBaseId }),
            cancellationToken)).ConvertAll(row => row.ToRecord()),
        cancellationToken);

    public Task<Site?> FindAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => (await connection.FirstAsync<SiteRow>($"{Select} WHERE id = @id", With(new { id }), cancellationToken))?.ToRecord(),
        cancellationToken);

    /// <returns>The oldest site of the knowledge base that has exactly this among its start URLs, or null.</returns>
    public async Task<Site?> FindByStartUrlAsync(string knowledgeBaseId, string startUrl, CancellationToken cancellationToken) =>
        // Sites are few, and JSON is searched differently by every database.
        (await ListAsync(knowledgeBaseId, cancellationToken)).FirstOrDefault(site => site.Scope.StartUrls.Contains(startUrl));

    public Task CreateAsync(Site site, CancellationToken cancellationToken) => database.WriteAsync(
        transaction => transaction.RunAsync(
            """
            INSERT INTO sites (id, knowledge_base_id, name, scope, render_mode, host_delay_ms, allow_private, reading, schedule, created_at)
            VALUES (@Id, @KnowledgeBaseId, @Name, @Scope, @RenderMode, @HostDelayMs, @AllowPrivate, @Reading, @Schedule, @CreatedAt)
            """,
            SiteRow.From(site),
            cancellationToken),
        cancellationToken);

    /// <summary>Changes everything but id, knowledge base, pause and time of creation. Another schedule is planned anew.</summary>
    /// <returns>False when it is not there.</returns>
    public async Task<bool> UpdateAsync(Site site, CancellationToken cancellationToken) => await database.WriteAsync(
        transaction => transaction.RunAsync(
            """
            UPDATE sites SET next_crawl_at = CASE WHEN schedule = @Schedule THEN next_crawl_at ELSE NULL END,
                name = @Name, scope = @Scope, render_mode = @RenderMode, host_delay_ms = @HostDelayMs, allow_private = @AllowPrivate, reading = @Reading, schedule = @Schedule
            WHERE id = @Id
            """,
            SiteRow.From(site),
            cancellationToken),
        cancellationToken) > 0;

    /// <summary>
    /// Deletes the site with its runs; its documents are gone from then on. Announce them to ingestion afterwards
    /// (<see cref="Documents.DocumentStore.ListUnannouncedAsync"/> with the site's id), which takes them out of the index.
    /// </summary>
    /// <returns>False when it is not there.</returns>
    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            await transaction.RunAsync(
                "UPDATE documents SET status = 'gone', version = version + 1, changed_at = @now WHERE site_id = @id AND status <> 'gone'",
                new { id, now = clock.Now() },
                cancellationToken);
            return await transaction.RunAsync("DELETE FROM sites WHERE id = @id", new { id }, cancellationToken) > 0;
        },
        cancellationToken);
}
