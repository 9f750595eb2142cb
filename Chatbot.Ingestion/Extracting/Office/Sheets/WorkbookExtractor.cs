using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting.Office.Sheets;

/// <summary>Reads Excel workbooks (XLSX).</summary>
internal sealed class WorkbookExtractor(OfficeReading reading) : IExtractor
{
    public string Version => "workbook/1";

    public bool Handles(ExtractionSource source) => OfficeFile.Workbook.Is(source);

    public Task<Extraction> ExtractAsync(ExtractionSource source, CancellationToken cancellationToken) =>
        Task.FromResult(reading.Read(source, OfficeFile.Workbook, (parts, token) => new WorkbookReading(parts, reading.Options, token).Read(source.Name), cancellationToken));
}
