using System.Diagnostics;
using System.Diagnostics.Metrics;
using Chatbot.Backends.Documents;
using Chatbot.Backends.Frames;
using Chatbot.Core.Blobs;
using Chatbot.Core.Chunks;
using Chatbot.Core.Documents;
using Chatbot.Core.Extractions;
using Chatbot.Core.Messages;
using Chatbot.Ingestion.Chunking;
using Chatbot.Ingestion.Extracting;
using Chatbot.Ingestion.Framing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chatbot.Ingestion.Indexing;

/// <summary>
/// Brings the index in agreement with a document. Doing it twice does no harm, and an old message about a document that
/// has changed again does nothing. Safe for concurrent use.
/// </summary>
internal sealed partial class DocumentIngester(
    DocumentStore documents, IBlobStore blobs, Extractors extractors, SiteFrames frames, IChunkIndex index, IOptions<ChunkingOptions> chunking, ILogger<DocumentIngester> logger)
{
    private static readonly Meter Meter = new("Chatbot.Ingestion");
    private static readonly Counter<long> Ingested = Meter.CreateCounter<long>("chatbot.ingestion.documents", "{document}", "Documents brought into the index or out of it.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("chatbot.ingestion.duration", "s", "Time from taking a document to its being searchable.");

    /// <returns>The change that searches now see, or null when there was nothing to do.</returns>
    public async Task<IndexChanged?> IngestAsync(Message message, CancellationToken cancellationToken) => message switch
    {
        DocumentChanged changed => await ReplaceAsync(changed, cancellationToken),
        DocumentGone gone => await RemoveAsync(gone.DocumentId, cancellationToken),
        _ => throw new UnreachableException($"{message} is not for ingestion."),
    };

    private async Task<IndexChanged?> ReplaceAsync(DocumentChanged changed, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(changed.DocumentId, cancellationToken) is not { } document) return null;
        if (document.Status == DocumentStatus.Gone) return await RemoveAsync(document.Id, cancellationToken);
        if (document.Version != changed.Version || document.IndexedVersion >= document.Version) return null;

        var started = Stopwatch.GetTimestamp();
        Extraction extraction;
        try
        {
            extraction = await ReadAsync(document, cancellationToken);
        }
        catch (ExtractionFailedException error)
        {
            LogUnreadable(document.Url, error.Message);
            await documents.MarkFailedAsync(document.Id, document.Version, error.Message, cancellationToken);
            Ingested.Add(1, new KeyValuePair<string, object?>("result", "unreadable"));
            return null;
        }

        PageFrame? frame = null;
        if (document.SiteId is not null && IsHtml(document))
        {
            (var blocks, frame) = await frames.ApplyAsync(document, extraction, cancellationToken);
            extraction = extraction with { Blocks = blocks };
        }

        var title = extraction.Title ?? document.Title;
        var source = new ChunkSource(document.Id, document.Version, extraction.Link ?? document.Url, title, extraction.Language ?? document.Language);
        var chunks = Chunker.Cut(source, extraction, chunking.Value);
        await index.ReplaceAsync(document.KnowledgeBaseId, document.Id, document.Version, chunks, cancellationToken);
        if (!await documents.MarkIndexedAsync(document.Id, document.Version, title, source.Language, chunks.Count, extraction.Note, frame, cancellationToken)
            && await documents.FindAsync(document.Id, cancellationToken) is not { Status: not DocumentStatus.Gone })
        {
            // It went away while we read it, perhaps after its removal was handled: take out what we just put in.
            return await RemoveAsync(document.Id, cancellationToken);
        }

        if (frame is not null) await frames.NoteAsync(frame.SiteId, cancellationToken);
        Ingested.Add(1, new KeyValuePair<string, object?>("result", "indexed"));
        Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        LogIndexed(document.Url, document.Version, chunks.Count);
        return new IndexChanged(document.KnowledgeBaseId, document.Id);
    }

    private async Task<IndexChanged?> RemoveAsync(string documentId, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(documentId, cancellationToken) is not { Status: DocumentStatus.Gone } document) return null;
        await index.DeleteAsync(document.KnowledgeBaseId, documentId, cancellationToken);
        await documents.MarkRemovedAsync(documentId, cancellationToken);
        Ingested.Add(1, new KeyValuePair<string, object?>("result", "removed"));
        LogRemoved(document.Url);
        return new IndexChanged(document.KnowledgeBaseId, documentId);
    }

    private async Task<Extraction> ReadAsync(Document document, CancellationToken cancellationToken)
    {
        var source = new ExtractionSource(default, UploadAddress.NameOf(document.Url) ?? document.Url, document.ContentType);
        if (await extractors.FindAsync(document.BlobHash!, source, cancellationToken) is { } known) return known;
        var bytes = await blobs.GetAsync(document.BlobHash!, cancellationToken)
            ?? throw new ExtractionFailedException("Its stored bytes are missing. Crawl the site again, or upload the file again.");
        return await extractors.ReadAsync(document.BlobHash!, source with { Bytes = bytes }, cancellationToken);
    }

    private static bool IsHtml(Document document) => document.ContentType?.Contains("html", StringComparison.OrdinalIgnoreCase) == true;

    [LoggerMessage(LogLevel.Debug, "Indexed {Url}, version {Version}: {Chunks} chunks")]
    private partial void LogIndexed(string url, long version, int chunks);

    [LoggerMessage(LogLevel.Debug, "Took {Url} out of the index")]
    private partial void LogRemoved(string url);

    [LoggerMessage(LogLevel.Warning, "{Url} could not be read: {Reason}")]
    private partial void LogUnreadable(string url, string reason);
}
