using System.Data.Common;
using Chatbot.Backends.Data;
using Chatbot.Core.Chunks;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>Takes out of a snapshot what a filter does not admit, before anything is looked for in it. How rare a word is, and what all texts have in common, stays as it is in the whole index.</summary>
internal static class SourceSelection
{
    /// <param name="connection">Sees the rows that the snapshot was made from.</param>
    public static async Task<IndexSnapshot> ApplyAsync(
        IndexSnapshot snapshot, string knowledgeBaseId, ChunkFilter filter, DbConnection connection, CancellationToken cancellationToken)
    {
        if (filter.IsEmpty) return snapshot;
        var language = LanguageCode.Pack(filter.Language);
        if (filter.Language is not null && language == 0) return snapshot with { Views = [] };
        var documents = filter.AsksDocuments ? await FindAsync(knowledgeBaseId, filter, connection, cancellationToken) : null;
        return snapshot with
        {
            Views = [.. snapshot.Views.Select(view => view with { Live = documents is null ? view.Live : Admitted(view, documents), Language = language, IsFiltered = true })],
        };
    }

    private static LiveDocuments Admitted(SegmentView view, HashSet<Guid> documents)
    {
        var (segment, live) = view;
        var admitted = live.Clone();
        var ids = segment.DocumentIds;
        for (var document = 0; document < live.Count; document++)
        {
            if (live[document] && !documents.Contains(ids[document])) admitted.Bury(document);
        }

        GC.KeepAlive(segment);
        return admitted;
    }

    private static async Task<HashSet<Guid>> FindAsync(string knowledgeBaseId, ChunkFilter filter, DbConnection connection, CancellationToken cancellationToken)
    {
        var found = await connection.ListAsync<(string Id, string Url)>(
            $"""
            SELECT id, {(filter.AsksUrls ? "url" : "''")} FROM documents WHERE knowledge_base_id = @knowledgeBaseId
            {(filter.SiteId is null ? "" : "AND site_id = @SiteId")}
            {(filter.ContentTypes.Count == 0 ? "" : "AND content_type IN @ContentTypes")}
            {(filter.ChangedSince is null ? "" : "AND changed_at >= @since")}
            """,
            new { knowledgeBaseId, filter.SiteId, filter.ContentTypes, since = Stored.Time(filter.ChangedSince ?? default) },
            cancellationToken);
        // An index that is tried beside the one that visitors search has chunks alone, and they have the URLs.
        if (found.Count == 0 && filter is { SiteId: null, ContentTypes.Count: 0, ChangedSince: null })
        {
            found = await connection.ListAsync<(string Id, string Url)>(
                "SELECT c.document_id, c.url FROM indexed_documents i JOIN chunks c ON c.document_id = i.document_id AND c.ordinal = 0 WHERE i.knowledge_base_id = @knowledgeBaseId",
                new { knowledgeBaseId },
                cancellationToken);
        }

        return [.. found.Where(document => !filter.AsksUrls || filter.Admits(document.Url)).Select(document => Guid.Parse(document.Id))];
    }
}
