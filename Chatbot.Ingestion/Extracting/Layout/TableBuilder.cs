namespace Chatbot.Ingestion.Extracting.Layout;

/// <summary>Makes rows of cells from lines: a cell of several lines is one again.</summary>
internal static class TableBuilder
{
    public static Table Build(IReadOnlyList<Row> lines, Hyphenation hyphenation)
    {
        var columns = TableColumns.Of(lines);
        var rows = new List<IReadOnlyList<string>>();
        var bold = new List<bool>();
        foreach (var group in Group(lines, columns))
        {
            var cells = Enumerable.Repeat("", columns.Count).ToArray();
            foreach (var part in group.SelectMany(line => line.Parts))
            {
                var column = TableColumns.IndexOf(columns, part);
                cells[column] = hyphenation.Join(cells[column], part.Text);
            }

            rows.Add(cells);
            bold.Add(group.All(line => line.Bold));
        }

        var isBold = rows.Count > 1 && bold[0] && !bold[1];
        return new(rows, columns, isBold || HasHeader(rows), isBold);
    }

    private static IEnumerable<List<Row>> Group(IReadOnlyList<Row> lines, List<Gap> columns)
    {
        var distances = lines.Skip(1).Select((line, i) => line.Middle - lines[i].Middle).ToList();
        var tight = Pitch(lines);
        // Rows stand further apart than the lines of a cell; where all distances are the same, only the text can tell.
        var wide = distances.Count(d => d > 1.2 * tight);
        var spaced = tight < 1.5 * lines.Max(l => l.Size) && wide > 0 && wide >= 0.7 * (lines.Count(l => l.Parts.Count >= columns.Count) - 1);
        var group = new List<Row> { lines[0] };
        for (var i = 1; i < lines.Count; i++)
        {
            if (!Belongs(lines[i - 1], lines[i], distances[i - 1], spaced ? 1.1 * tight : 0, columns))
            {
                yield return group;
                group = [];
            }

            group.Add(lines[i]);
        }

        yield return group;
    }

    private static bool Belongs(Row above, Row line, double distance, double tight, List<Gap> columns)
    {
        if (distance < 0.75 * line.Size) return true;
        if (distance <= tight) return line.Parts.Count < columns.Count || above.Parts.Count < columns.Count;
        if (line.Parts.Count >= columns.Count) return false;
        var startsInFirst = TableColumns.IndexOf(columns, line.Parts[0]) == 0;
        if (tight > 0 || distance > 1.6 * line.Size) return false;
        return !startsInFirst || (line.Parts.Count == 1 && (char.IsLower(line.Parts[0].Text[0]) || above.Parts[0].Text[^1] == '-'));
    }

    // From one line of a cell to the next: the least distance of lines that stand below each other.
    private static double Pitch(IReadOnlyList<Row> lines)
    {
        var least = double.MaxValue;
        for (var i = 1; i < lines.Count; i++)
            for (var above = i - 1; above >= Math.Max(i - 3, 0); above--)
                if (lines[i].Parts.Any(part => lines[above].Parts.Any(part.OverlapsHorizontally))) least = Math.Min(least, lines[i].Middle - lines[above].Middle);
        return least;
    }

    // A header has words where the others have numbers.
    private static bool HasHeader(List<IReadOnlyList<string>> rows)
    {
        if (rows.Count < 2) return false;
        if (rows[0].Any(cell => cell.Any(char.IsDigit)) || rows[0].Count(cell => cell.Length > 0) < 2) return false;
        return Enumerable.Range(0, rows[0].Count).Any(column => rows[0][column].Length > 0
            && rows.Skip(1).Count(row => row[column].Any(char.IsDigit)) * 2 > rows.Count);
    }
}
