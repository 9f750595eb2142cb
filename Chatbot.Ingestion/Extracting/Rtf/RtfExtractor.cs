using Chatbot.Core.Extractions;
using Chatbot.Ingestion.Extracting.Office;

namespace Chatbot.Ingestion.Extracting.Rtf;

/// <summary>Reads rich text (RTF), as Word and many programs of offices write it.</summary>
internal sealed class RtfExtractor(OfficeReading reading) : IExtractor
{
    // Much RTF is called a Word document, by its server or by its name.
    private static readonly string[] s_vague = ["application/octet-stream", "binary/octet-stream", "application/msword", "text/plain"];

    public string Version => "rtf/2";

    public bool Handles(ExtractionSource source) =>
        source.MediaType is "application/rtf" or "text/rtf" or "text/richtext" or "application/x-rtf"
        || (source.Extension == "rtf" && (source.MediaType is null || s_vague.Contains(source.MediaType)));

    public Task<Extraction> ExtractAsync(ExtractionSource source, CancellationToken cancellationToken)
    {
        if (source.Bytes.IsEmpty) throw new ExtractionFailedException($"{source.Name} is empty.");
        if (!source.Bytes.Span.StartsWith(@"{\rtf"u8)) throw new ExtractionFailedException($"{source.Name} is called rich text (RTF) but is none.");
        return Task.FromResult(reading.Within(source, "rich text (RTF)", token =>
        {
            var (blocks, properties, note) = new RtfReading(source.Bytes, reading.Options, token).Read();
            var heading = blocks.Take(10).Where(block => block is { Kind: BlockKind.Heading, Text.Length: < 200 }).MinBy(block => block.Level)?.Text;
            return properties.With(blocks, heading, source.Name) with { Note = note };
        }, cancellationToken));
    }
}
