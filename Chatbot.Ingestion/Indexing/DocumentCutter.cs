using Chatbot.Backends.Frames;
using Chatbot.Core.Blobs;
using Chatbot.Core.Chunks;
using Chatbot.Core.Documents;
using Chatbot.Core.Extractions;
using Chatbot.Ingestion.Chunking;
using Chatbot.Ingestion.Extracting;
using Chatbot.Ingestion.Framing;
using Microsoft.Extensions.Options;

namespace Chatbot.Ingestion.Indexing;

/// <summary>Makes the chunks of a document from what was read of it, or from its bytes. Safe for concurrent use.</summary>
internal sealed class DocumentCutter(IBlobStore blobs, Extractors extractors, SiteFrames frames, SiteReadings readings, PageImageText pictures, FilePictureText filePictures, IOptions<ChunkingOptions> chunking)
{
    /// <summary>Names how chunks are cut: those with other names are not put beside each other.</summary>
    public string Mark { get; } = MarkOf(chunking.Value);

    /// <exception cref="ExtractionFailedException">It cannot be read.</exception>
    public async Task<CutDocument> CutAsync(Document document, CancellationToken cancellationToken)
    {
        var reading = await readings.OfAsync(document, cancellationToken);
        var extraction = await ReadAsync(document, reading.Languages, cancellationToken);
        if (reading.Images) extraction = await filePictures.AddAsync(document, await pictures.AddAsync(document, extraction, reading.Languages, cancellationToken), reading.Languages, cancellationToken);
        if (extraction.Blocks.Count == 0 && extraction.Pictures is not null)
            throw new ExtractionFailedException($"{UploadAddress.NameOf(document.Url) ?? document.Url} has no text that can be read: it has pictures alone, {(reading.Images ? "without any" : "which are not read here")}.");
        PageFrame? frame = null;
        if (document.SiteId is not null && IsHtml(document))
        {
            (var blocks, frame) = await frames.ApplyAsync(document, extraction, cancellationToken);
            extraction = extraction with { Blocks = blocks };
        }

        var title = extraction.Title ?? document.Title;
        var source = new ChunkSource(document.Id, document.Version, extraction.Link ?? document.Url, title, extraction.Language ?? document.Language);
        return new CutDocument(title, source.Language, extraction.Note, Chunker.Cut(source, extraction, chunking.Value), frame);
    }

    private static string MarkOf(ChunkingOptions o) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Chunker.ChunkerVersion} {o.TargetLength}-{o.MaxLength} {o.DenseTargetLength}-{o.DenseMaxLength}");

    private static bool IsHtml(Document document) => document.ContentType?.Contains("html", StringComparison.OrdinalIgnoreCase) == true;

    private async Task<Extraction> ReadAsync(Document document, IReadOnlyList<string> languages, CancellationToken cancellationToken)
    {
        var source = new ExtractionSource(default, UploadAddress.NameOf(document.Url) ?? document.Url, document.ContentType) { Languages = languages };
        if (await extractors.FindAsync(document.BlobHash!, source, cancellationToken) is { } known) return known;
        var bytes = await blobs.GetAsync(document.BlobHash!, cancellationToken)
            ?? throw new ExtractionFailedException("Its stored bytes are missing. Crawl the site again, or upload the file again.");
        return await extractors.ReadAsync(document.BlobHash!, source with { Bytes = bytes }, cancellationToken);
    }
}

/// <param name="Note">What of it could not be read; null when all was.</param>
/// <param name="Frame">What of a site's page may stand on the others; null for other documents.</param>
internal sealed record CutDocument(string? Title, string? Language, string? Note, IReadOnlyList<Chunk> Chunks, PageFrame? Frame);
