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
        if (await FindAsync(blobHash, extractor, source.Languages, cancellationToken) is { } known) return known.At(source.Name);
        var extraction = await extractor.ExtractAsync(source, cancellationToken);
        if (!extraction.IsProvisional)
            await archive.KeepAsync(blobHash, extraction.OcrPages > 0 ? InLanguages(extractor.Version, source.Languages) : extractor.Version, extraction, cancellationToken);
        return extraction.At(source.Name);
    }

    /// <summary>Finds what was read of a blob before, without its bytes; null when it must be read.</summary>
    public async Task<Extraction?> FindAsync(string blobHash, ExtractionSource withoutBytes, CancellationToken cancellationToken) =>
        (await FindAsync(blobHash, Choose(withoutBytes), withoutBytes.Languages, cancellationToken))?.At(withoutBytes.Name);

    // Languages make a difference where pictures were read, and nowhere else.
    private async Task<Extraction?> FindAsync(string blobHash, IExtractor extractor, IReadOnlyList<string> languages, CancellationToken cancellationToken)
    {
        var known = await archive.FindAsync(blobHash, extractor.Version, cancellationToken);
        return languages.Count == 0 || known is { OcrPages: 0 } ? known : await archive.FindAsync(blobHash, InLanguages(extractor.Version, languages), cancellationToken);
    }

    private static string InLanguages(string version, IReadOnlyList<string> languages) => languages.Count == 0 ? version : $"{version} {string.Join('+', languages)}";

    /// <summary>Reads a document without remembering it.</summary>
    /// <exception cref="ExtractionFailedException">It cannot be read, or nobody reads its kind.</exception>
    public async Task<Extraction> ReadAsync(ExtractionSource source, CancellationToken cancellationToken)
    {
        var extraction = await Choose(source).ExtractAsync(source, cancellationToken);
        return extraction.Blocks.Count > 0 || extraction.Pictures is null ? extraction.At(source.Name) : throw new ExtractionFailedException($"{source.Name} has no text that can be read: it has pictures alone.");
    }

    private IExtractor Choose(ExtractionSource source) => _extractors.FirstOrDefault(e => e.Handles(source))
        ?? throw new ExtractionFailedException($"Documents of the type {source.MediaType ?? (source.Extension.Length > 0 ? "." + source.Extension : "unknown")} are not read. Readable are HTML, PDF, DOCX, XLSX, PPTX, ODT, ODS, RTF, CSV, Markdown and plain text.");
}
