using System.Data.Common;
using Chatbot.Backends.Data;
using Chatbot.Core.Chunks;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>Takes out of a snapshot what a filter does not admit, before anything is looked for in it. How rare a word is, and what all texts have in common, stays as it is in the whole index.</summary>
internal static class SourceSelection
{
    /// <param name="connection">Sees the rows that the snapshot was made from.</param>
    public static async Task<IndexSnapshot> ApplyAsync(
        IndexSnapshot snapshot, ChunkQuery query, DbConnection connection, CancellationToken cancellationToken)
    {
        var filter = query.Filter;
        if (filter.IsEmpty) return snapshot;
        var language = LanguageCode.Pack(filter.Language);
        if (filter.Language is not null && language == 0) return snapshot with { Views = [] };
        var documents = filter.AsksDocuments ? await FindAsync(query, connection, cancellationToken) : null;
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

    private static async Task<HashSet<Guid>> FindAsync(ChunkQuery query, DbConnection connection, CancellationToken cancellationToken)
    {
        var filter = query.Filter;
        var found = await connection.ListAsync<(string Id, string Url)>(
            $"""
            SELECT id, {(filter.AsksUrls ? "url" : "''")} FROM documents WHERE knowledge_base_id = @KnowledgeBaseId
            {(filter.SiteId is null ? "" : "AND site_id = @SiteId")}
            {(filter.ContentTypes.Count == 0 ? "" : "AND content_type IN @ContentTypes")}
            {(filter.ChangedSince is null ? "" : "AND changed_at >= @since")}
            """,
            With(new { query.KnowledgeBaseId, filter.SiteId, filter.ContentTypes, since = Stored.Time(filter.ChangedSince ?? default) }),
            cancellationToken);
        // An index that others fill has chunks alone, and they have the URLs.
        if (found.Count == 0 && !query.IsTrial && filter is { SiteId: null, ContentTypes.Count: 0, ChangedSince: null })
        {
            found = await connection.ListAsync<(string Id, string Url)>(
                "SELECT document_id, url FROM chunks WHERE knowledge_base_id = @KnowledgeBaseId AND ordinal = 0", With(new { query.KnowledgeBaseId }), cancellationToken);
        }

        return [.. found.Where(document => !filter.AsksUrls || filter.Admits(document.Url)).Select(document => Guid.Parse(query.IsTrial ? TrialIndex.DocumentOf(document.Id) : document.Id))];
    }
}
