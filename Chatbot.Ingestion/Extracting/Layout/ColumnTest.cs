namespace Chatbot.Ingestion.Extracting.Layout;

/// <summary>Tells columns of running text, which are read one after the other, from columns of a table, which are read by rows.</summary>
internal static class ColumnTest
{
    // Running text goes on in small letters at the beginning of a line, in German less often than in English.
    private const double FewestContinuations = 0.25;

    public static bool AreColumns(IReadOnlyList<TextRun> left, IReadOnlyList<TextRun> right)
    {
        if (left.Count < 2 || right.Count < 2) return false;
        bool leftFlows = IsRunningText(left), rightFlows = IsRunningText(right);
        if (leftFlows && rightFlows) return !AreRows(left, right);
        if (!leftFlows && !rightFlows) return false;

        if (AreRows(left, right)) return false;

        // One is running text, the other a list beside it: a box when its lines stand anywhere, a table when beside beginnings.
        var (text, other) = leftFlows ? (left, right) : (right, left);
        var baselines = text.ToLookup(line => (int)Math.Round(line.Bottom));
        var partners = other.SelectMany(line => Partner(line, baselines)).ToList();
        return partners.Count < other.Count / 2.0 || partners.Count(line => Continues(line.Text)) >= 0.3 * other.Count;
    }

    private static bool IsRunningText(IReadOnlyList<TextRun> lines)
    {
        var full = Fullness(lines);
        if (lines.Average(l => l.Text.Count(Glyphs.IsDense)) >= 6) return full >= 0.5 && lines.Average(l => l.Text.Length) >= 8;
        var words = lines.Average(l => l.Text.Count(c => c == ' ') + 1);
        var caseless = lines.Average(l => l.Text.Any(char.IsUpper) || l.Text.Any(char.IsLower) ? 0 : 1) > 0.5;
        if (caseless) return words >= 3 && full >= 0.6;
        var continuations = (double)lines.Count(l => Continues(l.Text)) / lines.Count;
        return words >= 2 && continuations >= FewestContinuations;
    }

    private static bool Continues(string line) => char.IsLower(line[0]);

    // The share of lines that reach over most of their column.
    private static double Fullness(IReadOnlyList<TextRun> lines)
    {
        var width = lines.Max(l => l.Right) - lines.Min(l => l.Left);
        return (double)lines.Count(l => l.Width >= 0.8 * width) / lines.Count;
    }

    private static IEnumerable<TextRun> Partner(TextRun line, ILookup<int, TextRun> baselines) =>
        Enumerable.Range((int)Math.Round(line.Bottom) - 2, 5).SelectMany(y => baselines[y])
            .Where(other => Math.Abs(other.Bottom - line.Bottom) < 0.3 * Math.Max(other.Size, line.Size))
            .Take(1);

    // Cells of several lines are running text too, but they begin or are centred together, row by row, with white space above.
    private static bool AreRows(IReadOnlyList<TextRun> left, IReadOnlyList<TextRun> right)
    {
        var usual = Math.Min(Pitch(left), Pitch(right));
        var all = left.Select(l => (Line: l, IsLeft: true)).Concat(right.Select(l => (Line: l, IsLeft: false))).OrderBy(l => l.Line.Middle).ToList();
        int rows = 0, together = 0, starts = 0, continuations = 0;
        var from = 0;
        for (var i = 1; i <= all.Count; i++)
        {
            if (i < all.Count && all[i].Line.Middle - all[i - 1].Line.Middle < 1.2 * usual) continue;
            var row = all[from..i];
            from = i;
            rows++;
            var inLeft = row.FindAll(l => l.IsLeft).ConvertAll(l => l.Line);
            var inRight = row.FindAll(l => !l.IsLeft).ConvertAll(l => l.Line);
            starts += Math.Min(inLeft.Count, 1) + Math.Min(inRight.Count, 1);
            continuations += (inLeft.Count > 0 && Continues(inLeft[0].Text) ? 1 : 0) + (inRight.Count > 0 && Continues(inRight[0].Text) ? 1 : 0);
            if (inLeft.Count == 0 || inRight.Count == 0) continue;
            var near = 0.3 * inLeft[0].Size;
            if (Math.Abs(inLeft[0].Middle - inRight[0].Middle) < near || Math.Abs(inLeft[0].Middle + inLeft[^1].Middle - inRight[0].Middle - inRight[^1].Middle) < 2 * near) together++;
        }

        return rows >= 3 && together >= 0.8 * rows && continuations <= 0.2 * starts;
    }

    // From one line to the next, in points.
    private static double Pitch(IReadOnlyList<TextRun> lines)
    {
        var sorted = lines.OrderBy(l => l.Middle).ToList();
        var distances = new List<double>();
        for (var i = 0; i < sorted.Count; i++)
        {
            // The next line below it; those beside it are of another cell.
            for (var below = i + 1; below < Math.Min(i + 8, sorted.Count); below++)
            {
                if (!sorted[i].OverlapsHorizontally(sorted[below]) || sorted[below].Middle - sorted[i].Middle < 0.5 * sorted[i].Size) continue;
                distances.Add(sorted[below].Middle - sorted[i].Middle);
                break;
            }
        }

        distances.Sort();
        return distances.Count == 0 ? lines[0].Height : distances[distances.Count / 4];
    }
}
