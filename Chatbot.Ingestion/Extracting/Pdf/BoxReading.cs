using System.Globalization;
using System.Net;
using Chatbot.Ingestion.Extracting.Layout;

namespace Chatbot.Ingestion.Extracting.Pdf;

/// <summary>
/// Reads what <c>pdftotext -bbox-layout</c> writes of one page, and turns text that is written upwards, downwards or on its
/// head so that all of it can be read like any other.
/// </summary>
internal static class BoxReading
{
    private const int MostWords = 50_000;

    /// <returns>The page with a part for each direction, the one with the most text first.</returns>
    public static async Task<PageText> ReadAsync(Stream output, int number, CancellationToken cancellationToken)
    {
        double width = 0, height = 0;
        var line = new List<TextRun>();
        var lines = new List<List<TextRun>>();
        var words = 0;
        using var source = new LineSource(output);
        while (await source.ReadAsync(cancellationToken) is { } text)
        {
            var element = text.AsSpan().Trim();
            if (element.StartsWith("<page ")) (width, height) = (Number(element, "width=\""), Number(element, "height=\""));
            else if (element.StartsWith("<line ")) line = [];
            else if (element.StartsWith("</line>") && line.Count > 0) lines.Add(line);
            else if (element.StartsWith("<word ") && words++ < MostWords && Word(element) is { } word) line.Add(word);
        }

        // A line of one word is written like most of the others that lie or stand like it.
        var known = lines.Where(l => DirectionOf(l) is not null).GroupBy(l => DirectionOf(l)!.Value).OrderByDescending(g => g.Sum(Length)).Select(g => g.Key).ToList();
        var upright = known.Count > 0 ? known[0] : Direction.Right;
        var level = known.Find(d => d is Direction.Right or Direction.Left);
        var steep = known.Exists(IsSteep) ? known.Find(IsSteep) : Direction.Up;
        var parts = lines.GroupBy(l => DirectionOf(l) ?? (l[0].Text.Length < 3 ? upright : l[0].Height > 1.5 * l[0].Width ? steep : level)).OrderByDescending(g => g.Sum(Length))
            .Select(g => g.SelectMany(words => words).Select(word => Turn(word, g.Key, width, height)).ToList())
            .ToList();
        var regions = parts.SelectMany(part => ReadingOrder.Find(LineBuilder.Build(part))).Select(region => region.Lines).ToList();
        return new(number, IsSteep(upright) ? height : width, IsSteep(upright) ? width : height, [.. parts.SelectMany(p => p)]) { Regions = regions };
    }

    private static int Length(List<TextRun> line) => line.Sum(word => word.Text.Length);

    private static bool IsSteep(Direction direction) => direction is Direction.Up or Direction.Down;

    // The way from the first word to the last; null when there is but one.
    private static Direction? DirectionOf(List<TextRun> line)
    {
        if (line.Count == 1) return null;
        double x = (line[^1].Left + line[^1].Right - line[0].Left - line[0].Right) / 2, y = line[^1].Middle - line[0].Middle;
        return Math.Abs(x) >= Math.Abs(y) ? x >= 0 ? Direction.Right : Direction.Left : y < 0 ? Direction.Up : Direction.Down;
    }

    private static TextRun Turn(TextRun word, Direction direction, double width, double height)
    {
        var (left, top, right, bottom) = direction switch
        {
            Direction.Up => (height - word.Bottom, word.Left, height - word.Top, word.Right),
            Direction.Down => (word.Top, width - word.Right, word.Bottom, width - word.Left),
            Direction.Left => (width - word.Right, height - word.Bottom, width - word.Left, height - word.Top),
            _ => (word.Left, word.Top, word.Right, word.Bottom),
        };
        // The box is as high as the font's letters with a little more; about a tenth.
        return new(word.Text, left, top, right, bottom, Math.Max((bottom - top) / 1.1, 0.5));
    }

    private static TextRun? Word(ReadOnlySpan<char> element)
    {
        var open = element.IndexOf('>');
        var close = element.LastIndexOf("</word>");
        if (open < 0 || close < open) return null;
        var text = WebUtility.HtmlDecode(new string(element[(open + 1)..close]));
        return string.IsNullOrWhiteSpace(text)
            ? null
            : new(text, Number(element, "xMin=\""), Number(element, "yMin=\""), Number(element, "xMax=\""), Number(element, "yMax=\""), 1);
    }

    private static double Number(ReadOnlySpan<char> element, string name)
    {
        var at = element.IndexOf(name);
        if (at < 0) return 0;
        var value = element[(at + name.Length)..];
        var end = value.IndexOf('"');
        return double.TryParse(end < 0 ? value : value[..end], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : 0;
    }

    private enum Direction
    {
        Right,
        Left,
        Up,
        Down,
    }
}
