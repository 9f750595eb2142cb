using System.Diagnostics;
using System.Diagnostics.Metrics;
using Chatbot.Backends.Documents;
using Chatbot.Core.Chunks;
using Chatbot.Core.Documents;
using Chatbot.Core.Messages;
using Chatbot.Ingestion.Extracting;
using Chatbot.Ingestion.Framing;
using Microsoft.Extensions.Logging;

namespace Chatbot.Ingestion.Indexing;

/// <summary>
/// Brings the index in agreement with a document. Doing it twice does no harm, and an old message about a document that
/// has changed again does nothing. Safe for concurrent use.
/// </summary>
internal sealed partial class DocumentIngester(
    DocumentStore documents, DocumentCutter cutter, SiteFrames frames, IChunkIndex index, IIndexBuilds builds, ILogger<DocumentIngester> logger)
{
    private static readonly Meter Meter = new("Chatbot.Ingestion");
    private static readonly Counter<long> Ingested = Meter.CreateCounter<long>("chatbot.ingestion.documents", "{document}", "Documents brought into the index or out of it.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("chatbot.ingestion.duration", "s", "Time from taking a document to its being searchable.");

    /// <returns>What is to be told: the change that searches now see. Empty when there was nothing to do.</returns>
    public async Task<IReadOnlyList<Message>> IngestAsync(Message message, CancellationToken cancellationToken) => message switch
    {
        DocumentChanged changed => await ReplaceAsync(changed, cancellationToken),
        DocumentGone gone => await RemoveAsync(gone.DocumentId, cancellationToken),
        _ => throw new UnreachableException($"{message} is not for ingestion."),
    };

    private async Task<IReadOnlyList<Message>> ReplaceAsync(DocumentChanged changed, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(changed.DocumentId, cancellationToken) is not { } document) return [];
        if (document.Status == DocumentStatus.Gone) return await RemoveAsync(document.Id, cancellationToken);
        if (document.Version != changed.Version || document.IndexedVersion >= document.Version) return [];

        var started = Stopwatch.GetTimestamp();
        CutDocument cut;
        try
        {
            cut = await cutter.CutAsync(document, cancellationToken);
        }
        catch (ExtractionFailedException error)
        {
            LogUnreadable(document.Url, error.Message);
            await documents.MarkFailedAsync(document.Id, document.Version, error.Message, cancellationToken);
            Ingested.Add(1, new KeyValuePair<string, object?>("result", "unreadable"));
            return [];
        }

        if (await builds.MarkAsync(document.KnowledgeBaseId, cutter.Mark, cancellationToken) is { } live && live != cutter.Mark
            && await StageAsync(document, cut, live, cancellationToken) is { } next) return next;

        await index.ReplaceAsync(document.KnowledgeBaseId, document.Id, document.Version, cut.Chunks, cancellationToken);
        if (!await documents.MarkIndexedAsync(document.Id, document.Version, cut.Title, cut.Language, cut.Chunks.Count, cut.Note, cut.Frame, cancellationToken)
            && await documents.FindAsync(document.Id, cancellationToken) is not { Status: not DocumentStatus.Gone })
        {
            // It went away while we read it, perhaps after its removal was handled: take out what we just put in.
            return await RemoveAsync(document.Id, cancellationToken);
        }

        if (cut.Frame is not null) await frames.NoteAsync(cut.Frame.SiteId, cancellationToken);
        Ingested.Add(1, new KeyValuePair<string, object?>("result", "indexed"));
        Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        LogIndexed(document.Url, document.Version, cut.Chunks.Count);
        return [new IndexChanged(document.KnowledgeBaseId, document.Id)];
    }

    // The index has chunks that were cut in another way: this document comes with all others, when they are cut anew.
    private async Task<IReadOnlyList<Message>?> StageAsync(Document document, CutDocument cut, string live, CancellationToken cancellationToken)
    {
        var isBegun = await builds.BeginAsync(document.KnowledgeBaseId, cutter.Mark, restart: false, cancellationToken);
        if (isBegun) LogOtherChunks(document.KnowledgeBaseId, live, cutter.Mark);
        var staged = new StagedDocument(document.Id, document.Version, cut.Title, cut.Language, cut.Note, cut.Chunks);
        // The switch may have come in between: then this one is late, and goes the usual way.
        if (!await builds.StageAsync(document.KnowledgeBaseId, cutter.Mark, staged, cancellationToken)) return null;
        return isBegun ? [new ReindexRequested(document.KnowledgeBaseId, Restart: false)] : [];
    }

    private async Task<IReadOnlyList<Message>> RemoveAsync(string documentId, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(documentId, cancellationToken) is not { Status: DocumentStatus.Gone } document) return [];
        await index.DeleteAsync(document.KnowledgeBaseId, documentId, cancellationToken);
        await documents.MarkRemovedAsync(documentId, cancellationToken);
        Ingested.Add(1, new KeyValuePair<string, object?>("result", "removed"));
        LogRemoved(document.Url);
        return [new IndexChanged(document.KnowledgeBaseId, documentId)];
    }

    [LoggerMessage(LogLevel.Debug, "Indexed {Url}, version {Version}: {Chunks} chunks")]
    private partial void LogIndexed(string url, long version, int chunks);

    [LoggerMessage(LogLevel.Debug, "Took {Url} out of the index")]
    private partial void LogRemoved(string url);

    [LoggerMessage(LogLevel.Warning, "{Url} could not be read: {Reason}")]
    private partial void LogUnreadable(string url, string reason);

    [LoggerMessage(LogLevel.Information, "The chunks of {KnowledgeBaseId} were cut as '{Live}', and are cut as '{Wanted}' now: its index is built anew")]
    private partial void LogOtherChunks(string knowledgeBaseId, string live, string wanted);
}
