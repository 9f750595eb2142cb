using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting.Office.OpenText;

/// <summary>Reads OpenDocument texts (ODT).</summary>
internal sealed class OpenTextExtractor(OfficeReading reading) : IExtractor
{
    public string Version => "opentext/3";

    public bool Handles(ExtractionSource source) => OfficeFile.OpenText.Is(source);

    public Task<Extraction> ExtractAsync(ExtractionSource source, CancellationToken cancellationToken) =>
        Task.FromResult(reading.Read(source, OfficeFile.OpenText, (parts, token) => Read(parts, source.Name, token), cancellationToken));

    private Extraction Read(ZipParts parts, string name, CancellationToken cancellationToken)
    {
        OpenDocument.RefuseEncrypted(parts, name);
        var (blocks, title, pictures) = new OpenTextReading(parts, reading.Options, cancellationToken).Read();
        var heading = title ?? blocks.Take(10).Where(block => block is { Kind: BlockKind.Heading, Text.Length: < 200 }).MinBy(block => block.Level)?.Text;
        return OpenDocument.Properties(parts).With(blocks, heading, name) with { Pictures = pictures };
    }
}
