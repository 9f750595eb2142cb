using System.Globalization;
using System.Text.RegularExpressions;

namespace Chatbot.Ingestion.Extracting.Layout;

/// <summary>
/// Finds running headers, footers and page numbers: lines at the edges of pages that come again at the same place, with
/// the same text but for numbers that count the pages.
/// </summary>
internal static partial class Furniture
{
    // The part of a page's height, at the top and at the bottom, that holds them.
    private const double Zone = 0.14;

    // Rows at an edge that are looked at even when the page's margins are large.
    private const int Rows = 1;

    // In sizes of the text: larger type is for headings.
    private const double LargeType = 1.25;

    // From a running header to the text, in sizes of its type: rows of a table are nearer.
    private const double ClosestText = 2.2;

    // Distances of rows, one to the next, that are the same.
    private const double SamePitch = 1.2;

    // Places within this many points are the same.
    private const double SamePlace = 4;

    /// <returns>For each page its lines without those.</returns>
    public static List<List<TextRun>> Remove(IReadOnlyList<PageText> pages, IReadOnlyList<List<TextRun>> lines, double body)
    {
        var found = new HashSet<(int Page, TextRun Line)>();
        var candidates = pages.SelectMany((page, i) => Edges(page, lines[i])).ToList();
        var counted = new HashSet<(int Page, TextRun Line)>();
        foreach (var same in candidates.GroupBy(c => (c.IsTop, c.Shape)))
            foreach (var group in AtOnePlace([.. same.OrderBy(c => c.Place)]))
                foreach (var candidate in Repeated(group, pages.Count, body))
                    (IsSure(group, pages.Count) ? counted : found).Add((candidate.Page, candidate.Line));

        // What stands beside text that changes from page to page may be a cell of a table.
        found.RemoveWhere(line => lines[line.Page - 1].Exists(other => other != line.Line && other.VerticalOverlap(line.Line) > 0.5 && !found.Contains((line.Page, other)) && !counted.Contains((line.Page, other))));
        found.UnionWith(counted);
        foreach (var candidate in candidates.Where(c => CountsPages(c, pages.Count))) found.Add((candidate.Page, candidate.Line));
        KeepRowsOfTables(lines, found);
        // Pages that are all alike, such as labels or forms, have no furniture.
        if (found.Sum(f => f.Line.Text.Length) * 2 > lines.Sum(page => page.Sum(line => line.Text.Length))) return [.. lines];
        return [.. pages.Select((page, i) => lines[i].FindAll(line => !found.Contains((page.Number, line))))];
    }

    // A table over several pages has its header again on each, and perhaps the same words in its first rows: columns close
    // above or below columns that are no furniture.
    private static void KeepRowsOfTables(IReadOnlyList<List<TextRun>> lines, HashSet<(int Page, TextRun Line)> found)
    {
        foreach (var page in found.Select(f => f.Page).Distinct().ToList())
        {
            var rows = Row.Of(lines[page - 1]);
            var isText = rows.ConvertAll(row => !row.Parts.Any(part => found.Contains((page, part))));
            var isTable = new bool[rows.Count];
            for (var i = rows.Count - 2; i >= 0; i--) isTable[i] = StandInColumns(rows[i], rows[i + 1]) && (isText[i + 1] || isTable[i + 1]);
            // Below a table stands the footer, nearly as close: a row comes as soon as the one before it.
            for (var i = 2; i < rows.Count; i++)
                isTable[i] |= StandInColumns(rows[i - 1], rows[i]) && StandInColumns(rows[i - 2], rows[i - 1]) && (isText[i - 1] || isTable[i - 1])
                    && rows[i].Middle - rows[i - 1].Middle < SamePitch * (rows[i - 1].Middle - rows[i - 2].Middle);
            for (var i = 0; i < rows.Count; i++)
            {
                if (!isTable[i]) continue;
                // A number that counts the pages does so beside a table, too.
                foreach (var part in rows[i].Parts.Where(part => !part.Text.Any(char.IsDigit))) found.Remove((page, part));
            }
        }
    }

    private static bool StandInColumns(Row above, Row below) =>
        above.Parts.Count > 1 && above.Parts.Count == below.Parts.Count && below.Middle - above.Middle <= ClosestText * above.Size
        && above.Parts.Zip(below.Parts).All(pair => pair.First.OverlapsHorizontally(pair.Second));

    private static IEnumerable<Candidate> Edges(PageText page, List<TextRun> lines)
    {
        if (lines.Count == 0) yield break;
        var rows = Row.Of(lines);
        double top = rows[Math.Min(Rows, rows.Count) - 1].Bottom, bottom = rows[^Math.Min(Rows, rows.Count)].Top;
        foreach (var line in lines)
        {
            var isTop = line.Bottom <= Math.Max(Zone * page.Height, Math.Min(top, page.Height / 3));
            var isBottom = line.Top >= Math.Min((1 - Zone) * page.Height, Math.Max(bottom, page.Height * 2 / 3));
            if (!isTop && !isBottom) continue;
            var shape = RomanOnly().IsMatch(line.Text) ? "#" : Digits().Replace(line.Text, "#");
            // Footers are measured from below, as pages may differ in height.
            yield return new(page.Number, line, isTop, isTop ? line.Top : page.Height - line.Bottom, shape, Numbers(line.Text), line == rows[^1].Parts[0] || line == rows[0].Parts[0]);
        }
    }

    private static IEnumerable<List<Candidate>> AtOnePlace(List<Candidate> candidates)
    {
        for (var first = 0; first < candidates.Count;)
        {
            var end = first + 1;
            while (end < candidates.Count && candidates[end].Place - candidates[end - 1].Place < SamePlace) end++;
            if (end - first > 1) yield return candidates.GetRange(first, end - first);
            first = end;
        }
    }

    private static IEnumerable<Candidate> Repeated(List<Candidate> group, int pages, double body)
    {
        if (!NumbersFit(group))
        {
            // "Chapter 3" on twenty pages, then "Chapter 4": each is one.
            var alike = group.GroupBy(c => c.Line.Text).Select(g => g.ToList()).ToList();
            return alike.Count > 1 ? alike.SelectMany(g => Repeated(g, pages, body)) : [];
        }

        group.Sort((a, b) => a.Page.CompareTo(b.Page));
        var distinct = group.Select(c => c.Page).Distinct().Count();
        // The title of a chapter stands on its pages only, and perhaps on every other one.
        var span = group[^1].Page - group[0].Page + 1;
        var enough = pages <= 3 ? distinct >= 2 : distinct >= 3 && distinct >= 0.3 * span;
        if (!enough) return [];
        // Set larger than the text it is a heading, as on slides that go on: it is kept once. "Part 1" and "Part 2" are two.
        if (group[0].Line.Size > LargeType * body && group[0].Line.Text.Count(char.IsLetter) > 3) return group.TrueForAll(c => c.Line.Text == group[0].Line.Text) ? group.Skip(1) : [];
        return group;
    }

    // It counts the pages, or stands on most of them.
    private static bool IsSure(List<Candidate> group, int pages) =>
        group.Exists(c => !c.Numbers.SequenceEqual(group[0].Numbers)) || (pages > 3 && group.Count >= 0.6 * pages);

    // Each number is the same everywhere or counts with the pages: rows of a table differ in other ways.
    private static bool NumbersFit(List<Candidate> group)
    {
        for (var i = 0; i < group[0].Numbers.Count; i++)
        {
            var at = i;
            if (Share(group.Select(c => c.Numbers.ElementAtOrDefault(at))) < 0.8 && Share(group.Select(c => c.Numbers.ElementAtOrDefault(at) - c.Page)) < 0.8) return false;
        }

        return true;
    }

    private static double Share(IEnumerable<long> values)
    {
        var groups = values.GroupBy(v => v).Select(g => g.Count()).ToList();
        return (double)groups.Max() / groups.Sum();
    }

    // "Page 3 of 12" tells by itself.
    private static bool CountsPages(Candidate candidate, int pages) =>
        candidate.IsOutermost && candidate.Numbers.Count == 2 && candidate.Numbers[1] == pages && candidate.Numbers[0] == candidate.Page && PageOfPages().IsMatch(candidate.Line.Text);

    private static List<long> Numbers(string text) => RomanOnly().IsMatch(text)
        ? [Roman(text)]
        : [.. Digits().Matches(text).Select(m => long.TryParse(m.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1)];

    private static long Roman(string text)
    {
        long value = 0, last = 0;
        foreach (var c in text.Trim('-', '–', ' ').ToLowerInvariant().Reverse())
        {
            long digit = c switch { 'i' => 1, 'v' => 5, 'x' => 10, 'l' => 50, _ => 100 };
            value += digit < last ? -digit : digit;
            last = Math.Max(last, digit);
        }

        return value;
    }

    private sealed record Candidate(int Page, TextRun Line, bool IsTop, double Place, string Shape, IReadOnlyList<long> Numbers, bool IsOutermost);

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();

    [GeneratedRegex(@"^[-–]?\s*(?:[ivxlc]{1,7}|[IVXLC]{1,7})\s*[-–]?$")]
    private static partial Regex RomanOnly();

    [GeneratedRegex(@"^\D{0,12}\d+\s*(?:/|von|of|de|sur|di|共|页)\D{0,6}\d+\D{0,4}$", RegexOptions.IgnoreCase)]
    private static partial Regex PageOfPages();
}
