namespace Chatbot.Ingestion.Extracting.Layout;

/// <summary>
/// Finds the order in which a page is read by cutting it along its white space (a recursive XY cut): into bands from top
/// to bottom, and a band into columns where running text stands on both sides of a gutter.
/// </summary>
internal static class ReadingOrder
{
    // In sizes of the median font: narrower white space is between words.
    private const double NarrowestGutter = 0.8;
    private const int Deepest = 24;

    // A page has few columns; what has more gaps is a table, however hostile.
    private const int MostGutters = 12;

    public static List<Region> Find(IReadOnlyList<TextRun> lines)
    {
        var regions = new List<Region>();
        if (lines.Count > 0) Cut([.. lines], regions, 0);
        return regions;
    }

    private static void Cut(List<TextRun> lines, List<Region> regions, int depth)
    {
        var gutter = NarrowestGutter * MedianSize(lines);
        var plain = new List<TextRun>();
        foreach (var band in Bands(lines, gutter))
        {
            if (depth < Deepest && Columns(band) is { } columns)
            {
                Close();
                foreach (var column in columns) Cut(column, regions, depth + 1);
            }
            else
            {
                plain.AddRange(band.Lines);
            }
        }

        Close();

        void Close()
        {
            if (plain.Count > 0) regions.Add(new(plain));
            plain = [];
        }
    }

    private static List<TextRun>[]? Columns(Band band)
    {
        foreach (var gap in band.Gaps.OrderByDescending(g => g.Width).Take(MostGutters))
        {
            var left = band.Lines.Where(l => l.Left + l.Right < gap.From + gap.To).ToList();
            var right = band.Lines.Where(l => l.Left + l.Right >= gap.From + gap.To).ToList();
            if (left.Count > 0 && right.Count > 0 && ColumnTest.AreColumns(left, right)) return [left, right];
        }

        return null;
    }

    // Neighbouring strips share a band as long as some white space runs through all of them with text on both sides.
    private static List<Band> Bands(List<TextRun> lines, double gutter)
    {
        double from = lines.Min(l => l.Left), to = lines.Max(l => l.Right);
        var strips = Strips(lines).Select(strip => new Band(strip, WhiteSpace.Beside(strip, from, to, gutter))).ToList();
        var bands = new List<Band>();
        Band? band = null;
        for (var i = 0; i < strips.Count; i++)
        {
            var strip = strips[i];
            if (band is not null)
            {
                var common = WhiteSpace.Shared(band.Free, strip.Free, gutter);
                // A strip that would leave no gutter begins a new band, and so does one that brings the first.
                if (band.TryAdd(strip, common)) continue;
                if (band.Gaps.Count == 0 && !BringsGutter(band, strip, i + 1 < strips.Count ? strips[i + 1] : null, gutter))
                {
                    band.Add(strip, common);
                    continue;
                }

                bands.Add(band);
            }

            band = strip;
        }

        if (band is not null) bands.Add(band);
        return bands;
    }

    // By itself, or with the one below, where the first line of a column stands a little higher than that of the other.
    private static bool BringsGutter(Band above, Band strip, Band? below, double gutter)
    {
        if (strip.Gaps.Count > 0) return true;
        if (below is null || (strip.Lines.Count == 1 && above.IsFollowedBy(strip.Lines[0]))) return false;
        return strip.HasGapWith(below, WhiteSpace.Shared(strip.Free, below.Free, gutter));
    }

    // Groups of lines that overlap vertically: a row of a page with aligned lines, a whole block where they are not.
    private static IEnumerable<List<TextRun>> Strips(List<TextRun> lines)
    {
        lines.Sort((a, b) => a.Middle.CompareTo(b.Middle));
        var strip = new List<TextRun>();
        var bottom = double.MinValue;
        foreach (var line in lines)
        {
            // Boxes of lines are higher than their letters and overlap a little where lines are set tight.
            if (strip.Count > 0 && bottom - line.Top < 0.4 * line.Height)
            {
                yield return strip;
                strip = [];
                bottom = double.MinValue;
            }

            strip.Add(line);
            bottom = Math.Max(bottom, line.Bottom);
        }

        if (strip.Count > 0) yield return strip;
    }

    private static double MedianSize(List<TextRun> lines)
    {
        var sizes = lines.Select(l => l.Size).Order().ToList();
        return sizes[sizes.Count / 2];
    }

    private sealed class Band(List<TextRun> lines, List<Gap> free)
    {
        private double _leastRight = lines.Min(l => l.Right);
        private double _mostLeft = lines.Max(l => l.Left);

        public List<TextRun> Lines => lines;

        /// <summary>White space from top to bottom, at the edges too.</summary>
        public List<Gap> Free { get; private set; } = free;

        /// <summary>The white space that has text on both sides.</summary>
        public List<Gap> Gaps => Between(Free, _leastRight, _mostLeft);

        /// <summary>The line goes on with the text of this band.</summary>
        public bool IsFollowedBy(TextRun line)
        {
            var last = lines[^1];
            return Math.Abs(line.Left - last.Left) < line.Size && line.Middle - last.Middle < 1.8 * line.Size && Math.Abs(line.Size - last.Size) < 0.1 * line.Size;
        }

        public bool HasGapWith(Band other, List<Gap> common) =>
            Between(common, Math.Min(_leastRight, other._leastRight), Math.Max(_mostLeft, other._mostLeft)).Count > 0;

        /// <summary>Takes a strip in when that leaves a gap.</summary>
        public bool TryAdd(Band strip, List<Gap> common)
        {
            if (!HasGapWith(strip, common)) return false;
            Add(strip, common);
            return true;
        }

        public void Add(Band strip, List<Gap> common)
        {
            Free = common;
            _leastRight = Math.Min(_leastRight, strip._leastRight);
            _mostLeft = Math.Max(_mostLeft, strip._mostLeft);
            lines.AddRange(strip.Lines);
        }

        private static List<Gap> Between(List<Gap> gaps, double leastRight, double mostLeft) =>
            gaps.FindAll(gap => leastRight <= gap.From + 0.5 && mostLeft >= gap.To - 0.5);
    }
}
