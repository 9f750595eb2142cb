using Chatbot.Core.Extractions;
using Chatbot.Ingestion.Extracting.Pdf;

namespace Chatbot.Ingestion.Extracting.Office.OpenText;

/// <summary>Reads OpenDocument texts (ODT).</summary>
internal sealed class OpenTextExtractor(OfficeReading reading) : IExtractor
{
    public string Version => "opentext/1";

    public bool Handles(ExtractionSource source) => OfficeFile.OpenText.Is(source);

    public Task<Extraction> ExtractAsync(ExtractionSource source, CancellationToken cancellationToken) =>
        Task.FromResult(reading.Read(source, OfficeFile.OpenText, (parts, token) => Read(parts, source.Name, token), cancellationToken));

    private Extraction Read(ZipParts parts, string name, CancellationToken cancellationToken)
    {
        if (parts.Load("META-INF/manifest.xml").Below("encryption-data").Any()) throw new ExtractionFailedException($"{name} is protected by a password.");
        var (blocks, title) = new OpenTextReading(parts, reading.Options, cancellationToken).Read();
        var heading = title ?? blocks.Take(10).Where(block => block is { Kind: BlockKind.Heading, Text.Length: < 200 }).MinBy(block => block.Level)?.Text;
        return Properties(parts).With(blocks, heading, name);
    }

    private static CoreProperties Properties(ZipParts parts)
    {
        if (parts.Load("meta.xml").Child("meta") is not { } meta) return CoreProperties.None;
        string? Value(string name) => meta.Child(name)?.Value.Trim() is { Length: > 0 and < 2_000 } value ? value : null;
        return new(PdfInfo.Meaningful(Value("title"), null), Value("creator") ?? Value("initial-creator"), Value("description") ?? Value("subject"), Value("language"), CoreProperties.Date(Value("date")), CoreProperties.Date(Value("creation-date")));
    }
}
