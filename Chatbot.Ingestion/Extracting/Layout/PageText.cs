namespace Chatbot.Ingestion.Extracting.Layout;

/// <summary>A page with what is written on it, in points from its upper left corner.</summary>
/// <param name="Number">From 1.</param>
internal sealed record PageText(int Number, double Width, double Height, IReadOnlyList<TextRun> Runs)
{
    /// <summary>Parts that are already in reading order, as OCR gives them; null when the order is to be found.</summary>
    public IReadOnlyList<IReadOnlyList<TextRun>>? Regions { get; init; }

    /// <summary>The text is a reading of a picture.</summary>
    public bool IsOcr { get; init; }

    /// <summary>Characters without blanks.</summary>
    public int Letters => Runs.Sum(run => run.Text.Count(c => !char.IsWhiteSpace(c)));
}
