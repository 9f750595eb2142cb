using System.Text.RegularExpressions;

namespace Chatbot.Ingestion.Extracting.Layout;

/// <summary>What stands on one line of a region, from left to right.</summary>
/// <param name="Parts">Not empty.</param>
internal sealed partial record Row(IReadOnlyList<TextRun> Parts)
{
    public double Left => Parts[0].Left;

    public double Right { get; } = Parts.Max(p => p.Right);

    public double Top { get; } = Parts.Min(p => p.Top);

    public double Bottom { get; } = Parts.Max(p => p.Bottom);

    public double Middle => (Top + Bottom) / 2;

    /// <summary>Of its largest part, in points.</summary>
    public double Size { get; } = Parts.Max(p => p.Size);

    public bool Bold => Parts.All(p => p.Bold);

    public bool Mono => Parts.All(p => p.Mono);

    public string Text => Parts.Count == 1 ? Parts[0].Text : string.Join(' ', Parts.Select(p => p.Text));

    /// <summary>An entry of a table of contents: dots lead to a page number.</summary>
    public bool HasLeader { get; } = Parts.Any(p => Leader().IsMatch(p.Text));

    public static string WithoutLeader(string text) => Leader().Replace(text, " ").Trim();

    /// <returns>The lines as rows from top to bottom.</returns>
    public static List<Row> Of(IReadOnlyList<TextRun> lines)
    {
        var rows = new List<Row>();
        var row = new List<TextRun>();
        foreach (var line in lines.OrderBy(l => l.Middle))
        {
            if (row.Count > 0 && !row.Exists(l => l.VerticalOverlap(line) > 0.5 && !(l.OverlapsHorizontally(line) && Math.Abs(l.Middle - line.Middle) > 0.25 * l.Height))) Close();
            row.Add(line);
        }

        Close();
        return rows;

        void Close()
        {
            if (row.Count > 0) rows.Add(new([.. row.OrderBy(l => l.Left)]));
            row = [];
        }
    }

    [GeneratedRegex(@"(?:\s?[.…·_]){5,}\s?|(?:\s?…){2,}\s?")]
    private static partial Regex Leader();
}
