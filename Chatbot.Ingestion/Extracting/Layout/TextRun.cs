namespace Chatbot.Ingestion.Extracting.Layout;

/// <summary>A piece of text that stands on one line, with its box in points; y grows downwards.</summary>
/// <param name="Size">Of the font, in points.</param>
internal sealed record TextRun(string Text, double Left, double Top, double Right, double Bottom, double Size, bool Bold = false, bool Mono = false)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;

    public double Middle => (Top + Bottom) / 2;

    /// <summary>How much of the smaller one's height both share, 0 to 1.</summary>
    public double VerticalOverlap(TextRun other)
    {
        var shared = Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top);
        return shared <= 0 ? 0 : shared / Math.Max(Math.Min(Height, other.Height), 0.01);
    }

    public bool OverlapsHorizontally(TextRun other) => Left < other.Right && other.Left < Right;
}
