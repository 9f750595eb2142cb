using Chatbot.Ingestion.Extracting.Layout;

namespace Chatbot.Ingestion.Extracting.Ocr;

/// <summary>What Tesseract read of a picture.</summary>
/// <param name="Regions">Its blocks in reading order, with their lines, in pixels of the picture.</param>
/// <param name="Confidence">Mean over its letters, 0 to 100.</param>
/// <param name="Letters">How many it read.</param>
internal sealed record OcrReading(IReadOnlyList<IReadOnlyList<TextRun>> Regions, double Confidence, int Letters)
{
    public static readonly OcrReading Nothing = new([], 0, 0);

    /// <summary>Likely upright, and in the right language: of good scans nearly all words are above 90.</summary>
    public bool IsSure => Letters > 0 && Confidence >= 70;

    public string Text => string.Join('\n', Regions.SelectMany(r => r).Select(l => l.Text));
}
