using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting.Office.Word;

/// <summary>Reads Word documents (DOCX).</summary>
internal sealed class WordExtractor(OfficeReading reading) : IExtractor
{
    public string Version => "word/4";

    public bool Handles(ExtractionSource source) => OfficeFile.Word.Is(source);

    public Task<Extraction> ExtractAsync(ExtractionSource source, CancellationToken cancellationToken) =>
        Task.FromResult(reading.Read(source, OfficeFile.Word, (parts, token) => new WordReading(parts, reading.Options, token).Read(source.Name), cancellationToken));
}
