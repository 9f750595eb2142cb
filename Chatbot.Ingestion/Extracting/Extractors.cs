using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting;

/// <summary>Chooses who reads a document, and remembers what was read. Safe for concurrent use.</summary>
public sealed class Extractors(IEnumerable<IExtractor> extractors, IDocumentArchive archive)
{
    private readonly IReadOnlyList<IExtractor> _extractors = [.. extractors];

    /// <summary>Reads a document that is kept under a hash; what was read before is not read again.</summary>
    /// <exception cref="ExtractionFailedException">It cannot be read, or nobody reads its kind.</exception>
    public async Task<Extraction> ReadAsync(string blobHash, ExtractionSource source, CancellationToken cancellationToken)
    {
        var extractor = Choose(source);
        if (await archive.FindAsync(blobHash, extractor.Version, cancellationToken) is { } known) return known;
        var extraction = await extractor.ExtractAsync(source, cancellationToken);
        await archive.KeepAsync(blobHash, extractor.Version, extraction, cancellationToken);
        return extraction;
    }

    /// <summary>Finds what was read of a blob before, without its bytes; null when it must be read.</summary>
    public async Task<Extraction?> FindAsync(string blobHash, ExtractionSource withoutBytes, CancellationToken cancellationToken) =>
        await archive.FindAsync(blobHash, Choose(withoutBytes).Version, cancellationToken);

    /// <summary>Reads a document without remembering it.</summary>
    /// <exception cref="ExtractionFailedException">It cannot be read, or nobody reads its kind.</exception>
    public Task<Extraction> ReadAsync(ExtractionSource source, CancellationToken cancellationToken) => Choose(source).ExtractAsync(source, cancellationToken);

    private IExtractor Choose(ExtractionSource source) => _extractors.FirstOrDefault(e => e.Handles(source))
        ?? throw new ExtractionFailedException($"Documents of the type {source.MediaType ?? (source.Extension.Length > 0 ? "." + source.Extension : "unknown")} are not read. Readable are HTML, PDF, DOCX, XLSX, PPTX, ODT, CSV, Markdown and plain text.");
}
