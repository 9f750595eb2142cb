namespace Chatbot.Ingestion.Extracting.Layout;

/// <summary>A part of a page that is read from top to bottom: a column, a box, a table.</summary>
/// <param name="Lines">Not empty.</param>
internal sealed record Region(IReadOnlyList<TextRun> Lines)
{
    public double Left { get; } = Lines.Min(l => l.Left);

    public double Right { get; } = Lines.Max(l => l.Right);
}
