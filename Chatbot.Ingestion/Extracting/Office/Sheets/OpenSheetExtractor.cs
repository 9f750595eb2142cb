using Chatbot.Core.Extractions;
using Chatbot.Ingestion.Extracting.Office.OpenText;

namespace Chatbot.Ingestion.Extracting.Office.Sheets;

/// <summary>Reads OpenDocument spreadsheets (ODS).</summary>
internal sealed class OpenSheetExtractor(OfficeReading reading) : IExtractor
{
    public string Version => "opensheet/1";

    public bool Handles(ExtractionSource source) => OfficeFile.OpenSheet.Is(source);

    public Task<Extraction> ExtractAsync(ExtractionSource source, CancellationToken cancellationToken) =>
        Task.FromResult(reading.Read(source, OfficeFile.OpenSheet, (parts, token) => Read(parts, source.Name, token), cancellationToken));

    private Extraction Read(ZipParts parts, string name, CancellationToken cancellationToken)
    {
        OpenDocument.RefuseEncrypted(parts, name);
        var limits = new CellLimits(reading.Options);
        using var content = parts.Read("content.xml") ?? throw new InvalidDataException("It has no sheets.");
        var blocks = new OpenSheetReading(content, limits, cancellationToken).Read();
        return OpenDocument.Properties(parts).With(blocks, null, name) with { Note = limits.Note };
    }
}
