using System.Data.Common;
using Chatbot.Backends.Data;
using Chatbot.Backends.Frames;
using Chatbot.Core;
using Chatbot.Core.Data;
using Chatbot.Core.Documents;

namespace Chatbot.Backends.Documents;

/// <summary>The documents and how far they are on their way into the index. Safe for concurrent use.</summary>
public sealed class DocumentStore(Database database, TimeProvider clock)
{
    // Parameters of one statement.
    private const int IdsAtATime = 500;

    private const string Select = $"SELECT {DocumentRow.Columns} FROM documents";

    public Task<Document?> FindAsync(string id, CancellationToken cancellationToken) =>
        FindAsync("WHERE id = @id", With(new { id }), cancellationToken);

    public Task<Document?> FindByUrlAsync(string knowledgeBaseId, string url, CancellationToken cancellationToken) =>
        FindAsync("WHERE knowledge_base_id = @knowledgeBaseId AND url_hash = @urlHash", With(new { knowledgeBaseId, urlHash = Ids.Hash(url) }), cancellationToken);

    /// <returns>Those that there are, in no order.</returns>
    public async Task<IReadOnlyList<Document>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var found = new List<Document>(ids.Count);
        foreach (var some in ids.Chunk(IdsAtATime))
            found.AddRange(await ListAsync("WHERE id IN @some", With(new { some }), cancellationToken));

        return found;
    }

    /// <returns>In the order of their URLs; uploads alone in that of their names, which come after the id.</returns>
    public Task<IReadOnlyList<Document>> ListAsync(DocumentFilter filter, CancellationToken cancellationToken) =>
        ListAsync($"{Where(filter)} ORDER BY {(filter.IsUpload == true ? "SUBSTR(url, 49)" : "url")}, id LIMIT @Limit OFFSET @Offset", Arguments(filter), cancellationToken);

    /// <returns>Documents of a knowledge base that searches find or that wait, with ids behind this one, in the order of their ids.</returns>
    public Task<IReadOnlyList<Document>> ListAfterAsync(string knowledgeBaseId, string after, int limit, CancellationToken cancellationToken) => ListAsync(
        "WHERE knowledge_base_id = @knowledgeBaseId AND id > @after AND status IN ('indexed', 'pending') AND blob_hash IS NOT NULL ORDER BY id LIMIT @limit",
        With(new { knowledgeBaseId, after, limit }),
        cancellationToken);

    /// <returns>How many there are, limit and offset aside.</returns>
    public Task<int> CountAsync(DocumentFilter filter, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.FirstAsync<int>($"SELECT COUNT(*) FROM documents {Where(filter)}", Arguments(filter), cancellationToken),
        cancellationToken);

    /// <summary>
    /// Records what was found at a URL: a new document has version 1; another content hash than before, or a document that
    /// was gone, makes the next version, pending; else version and status stay and only where its bytes are is noted.
    /// </summary>
    public async Task<Document> RecordAsync(DbTransaction transaction, DocumentSeen seen, CancellationToken cancellationToken)
    {
        var urlHash = Ids.Hash(seen.Url);
        var known = (await transaction.FirstAsync<DocumentRow>(
            $"{Select} WHERE knowledge_base_id = @KnowledgeBaseId AND url_hash = @urlHash", With(new { seen.KnowledgeBaseId, urlHash }), cancellationToken))?.ToRecord();
        var changed = known is null || known.Status == DocumentStatus.Gone || known.ContentHash != seen.ContentHash
            || (seen.Retry && known.Status == DocumentStatus.Failed);
        var document = new Document
        {
            Id = known?.Id ?? seen.Id ?? Ids.New(),
            KnowledgeBaseId = seen.KnowledgeBaseId,
            SiteId = seen.SiteId ?? known?.SiteId,
            Url = seen.Url,
            Title = seen.Title ?? known?.Title,
            Language = seen.Language ?? known?.Language,
            ContentType = seen.ContentType ?? known?.ContentType,
            BlobHash = seen.BlobHash,
            ContentHash = seen.ContentHash,
            Version = (known?.Version ?? 0) + (changed ? 1 : 0),
            IndexedVersion = known?.IndexedVersion ?? 0,
            Status = changed ? DocumentStatus.Pending : known!.Status,
            Error = changed ? null : known!.Error,
            ChunkCount = known?.ChunkCount ?? 0,
            ChangedAt = changed ? Stored.Time(clock.Now()) : known!.ChangedAt,
            IndexedAt = known?.IndexedAt,
        };
        await transaction.RunAsync(
            known is null
                ? """
                  INSERT INTO documents (id, knowledge_base_id, site_id, url_hash, url, title, language, content_type, blob_hash, content_hash, version, status, changed_at)
                  VALUES (@Id, @KnowledgeBaseId, @SiteId, @urlHash, @Url, @Title, @Language, @ContentType, @BlobHash, @ContentHash, @Version, @status, @changedAt)
                  """
                : """
                  UPDATE documents SET site_id = @SiteId, title = @Title, language = @Language, content_type = @ContentType, blob_hash = @BlobHash,
                      content_hash = @ContentHash, version = @Version, status = @status, error = @Error, changed_at = @changedAt
                  WHERE id = @Id
                  """,
            new
            {
                document.Id,
                document.KnowledgeBaseId,
                document.SiteId,
                urlHash,
                document.Url,
                document.Title,
                document.Language,
                document.ContentType,
                document.BlobHash,
                document.ContentHash,
                document.Version,
                status = Stored.Name(document.Status),
                document.Error,
                changedAt = Stored.Time(document.ChangedAt),
            },
            cancellationToken);
        return document;
    }

    /// <summary>The document is no longer there: status gone, next version.</summary>
    /// <returns>False when it was gone already or never there.</returns>
    public async Task<bool> MarkGoneAsync(DbTransaction transaction, string documentId, CancellationToken cancellationToken) => await transaction.RunAsync(
        "UPDATE documents SET status = 'gone', version = version + 1, error = NULL, changed_at = @now WHERE id = @documentId AND status <> 'gone'",
        new { documentId, now = clock.Now() },
        cancellationToken) > 0;

    /// <summary>Searches find this version. A null title or language leaves what is known.</summary>
    /// <returns>False, with nothing changed, when the document has another version by now or is gone.</returns>
    public Task<bool> MarkIndexedAsync(string id, long version, string? title, string? language, int chunkCount, CancellationToken cancellationToken) =>
        MarkIndexedAsync(id, version, title, language, chunkCount, null, null, cancellationToken);

    /// <inheritdoc cref="MarkIndexedAsync(string, long, string?, string?, int, CancellationToken)"/>
    /// <param name="note">What of it could not be read, for people; null when all was.</param>
    /// <param name="frame">What of a site's page may stand on the others; null for other documents.</param>
    public Task<bool> MarkIndexedAsync(
        string id, long version, string? title, string? language, int chunkCount, string? note, PageFrame? frame, CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            var changed = await transaction.RunAsync(
                """
                UPDATE documents SET status = 'indexed', indexed_version = @version, title = COALESCE(@title, title), language = COALESCE(@language, language),
                    chunk_count = @chunkCount, error = @note, indexed_at = @now
                WHERE id = @id AND version = @version AND status <> 'gone'
                """,
                new { id, version, title, language, chunkCount, note, now = clock.Now() },
                cancellationToken);
            if (changed > 0 && frame is not null) await FrameStore.SaveAsync(database, transaction, frame, cancellationToken);
            return changed > 0;
        },
        cancellationToken);

    /// <summary>Makes the next version of documents whose content is the same, so that they are indexed again; searches find the one they have until then.</summary>
    /// <returns>Those that were indexed and now wait; announce them.</returns>
    public async Task<IReadOnlyList<Document>> RenewAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var renewed = new List<Document>();
        foreach (var some in ids.Chunk(IdsAtATime))
        {
            renewed.AddRange(await database.WriteAsync(
                async transaction =>
                {
                    var rows = await transaction.ListAsync<DocumentRow>($"{Select} WHERE id IN @some AND status = 'indexed'", With(new { some }), cancellationToken);
                    await transaction.RunAsync("UPDATE documents SET version = version + 1, status = 'pending' WHERE id IN @some AND status = 'indexed'", new { some }, cancellationToken);
                    return rows.ConvertAll(row => row.ToRecord() with { Version = row.Version + 1, Status = DocumentStatus.Pending });
                },
                cancellationToken));
        }

        return renewed;
    }

    /// <summary>Makes the next version of a document that could not be read, or not all of it, so that it is read again; searches find the one they have until then.</summary>
    /// <returns>It, pending: announce it. Null when it waits already, is gone, or has no bytes.</returns>
    public Task<Document?> RetryAsync(string id, CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            var changed = await transaction.RunAsync(
                "UPDATE documents SET version = version + 1, status = 'pending', error = NULL WHERE id = @id AND status IN ('failed', 'indexed') AND blob_hash IS NOT NULL", new { id }, cancellationToken);
            return changed == 0 ? null : (await transaction.FirstAsync<DocumentRow>($"{Select} WHERE id = @id", With(new { id }), cancellationToken))?.ToRecord();
        },
        cancellationToken);

    /// <summary>A document that is gone left the index.</summary>
    /// <returns>False, with nothing changed, when it is there again.</returns>
    public Task<bool> MarkRemovedAsync(string id, CancellationToken cancellationToken) => UpdateAsync(
        "UPDATE documents SET indexed_version = 0, chunk_count = 0 WHERE id = @id AND status = 'gone'", With(new { id }), cancellationToken);

    /// <summary>This version could not be ingested; what is indexed of an older one stays.</summary>
    /// <param name="error">Why, for people.</param>
    /// <returns>False, with nothing changed, when the document has another version by now or is gone.</returns>
    public Task<bool> MarkFailedAsync(string id, long version, string error, CancellationToken cancellationToken) => UpdateAsync(
        "UPDATE documents SET status = 'failed', error = @error WHERE id = @id AND version = @version AND status <> 'gone'",
        With(new { id, version, error }),
        cancellationToken);

    /// <returns>
    /// The documents of a site, or of all (null), that the index does not agree with: pending, or gone and still found.
    /// Announcing them again is safe and heals an announcement that was lost.
    /// </returns>
    public Task<IReadOnlyList<Document>> ListUnannouncedAsync(string? siteId, CancellationToken cancellationToken) => ListAsync(
        $"""
        WHERE (status = 'pending' AND version > indexed_version OR status = 'gone' AND indexed_version > 0)
        {(siteId is null ? "" : "AND site_id = @siteId")} ORDER BY changed_at, id
        """,
        With(new { siteId }),
        cancellationToken);

    private async Task<bool> UpdateAsync(string sql, SqlArguments arguments, CancellationToken cancellationToken) =>
        await database.WriteAsync(transaction => transaction.RunAsync(sql, arguments, cancellationToken), cancellationToken) > 0;

    private Task<Document?> FindAsync(string where, SqlArguments arguments, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => (await connection.FirstAsync<DocumentRow>($"{Select} {where}", arguments, cancellationToken))?.ToRecord(),
        cancellationToken);

    private Task<IReadOnlyList<Document>> ListAsync(string where, SqlArguments arguments, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Document>>(
        async connection => (await connection.ListAsync<DocumentRow>($"{Select} {where}", arguments, cancellationToken)).ConvertAll(row => row.ToRecord()),
        cancellationToken);

    private static string Where(DocumentFilter filter)
    {
        var conditions = new List<string>();
        if (filter.KnowledgeBaseId is not null)
            conditions.Add("knowledge_base_id = @KnowledgeBaseId");
        if (filter.SiteId is not null)
            conditions.Add("site_id = @SiteId");
        if (filter.IsUpload is { } isUpload)
            conditions.Add(isUpload ? "url LIKE @uploads" : "url NOT LIKE @uploads");
        if (filter.Ids is not null)
            conditions.Add("id IN @Ids");
        if (filter.Status is not null)
            conditions.Add("status = @status");
        if (!string.IsNullOrEmpty(filter.Text))
            conditions.Add("(url LIKE @text ESCAPE '!' OR title LIKE @text ESCAPE '!')");
        return conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", conditions);
    }

    private static SqlArguments Arguments(DocumentFilter filter) => With(new
    {
        filter.KnowledgeBaseId,
        filter.SiteId,
        uploads = UploadAddress.Path + "%",
        filter.Ids,
        status = filter.Status is { } status ? Stored.Name(status) : null,
        text = $"%{filter.Text?.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%",
        filter.Limit,
        filter.Offset,
    });
}
