using Chatbot.Core.Extractions;
using Chatbot.Core.TextAnalysis;
using Chatbot.Html;

namespace Chatbot.Ingestion.Extracting;

/// <summary>Reads plain text: paragraphs are what blank lines set apart.</summary>
internal sealed class TextExtractor : IExtractor
{
    public string Version => "text/1";

    public bool Handles(ExtractionSource source) =>
        source.MediaType == "text/plain" || (source.MediaType is null or "application/octet-stream" && source.Extension is "txt" or "text");

    public Task<Extraction> ExtractAsync(ExtractionSource source, CancellationToken cancellationToken)
    {
        var text = PlainText.Decode(source);
        var blocks = new List<Block>();
        foreach (var paragraph in PlainText.Paragraphs(text))
        {
            cancellationToken.ThrowIfCancellationRequested();
            blocks.Add(new Block { Kind = BlockKind.Paragraph, Text = paragraph });
        }

        return Task.FromResult(new Extraction { Blocks = blocks, Language = LanguageDetector.Detect(text), Title = PlainText.TitleOf(source.Name) });
    }
}
