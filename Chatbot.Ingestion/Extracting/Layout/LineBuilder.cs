namespace Chatbot.Ingestion.Extracting.Layout;

/// <summary>Joins runs that stand close beside each other on a line: words, changes of font, raised numbers.</summary>
internal static class LineBuilder
{
    // In sizes of the font. A blank is about 0.25 wide; between columns and cells there is more than one.
    private const double Blank = 0.13;
    private const double Apart = 1.0;

    // Between runs that were not written one after the other: cells of tables are often close.
    private const double ApartElsewhere = 0.6;
    private const double Overlapping = -0.6;

    // Bullets and numbers of items stand further from their text.
    private const double ApartFromMarker = 4.5;

    // Height of the stripes in which neighbours are looked for, in points.
    private const double Stripe = 4;

    /// <returns>Lines, or parts of lines where columns or cells are apart; from left to right, not in reading order.</returns>
    public static List<TextRun> Build(IReadOnlyList<TextRun> runs)
    {
        var open = new Dictionary<int, List<Piece>>();
        var pieces = new List<Piece>();
        foreach (var (order, raw) in runs.Index().OrderBy(r => r.Item.Left).ThenBy(r => r.Item.Top))
        {
            var text = Glyphs.Clean(raw.Text);
            if (text.Length == 0) continue;
            var run = raw with { Text = text };
            if (Neighbour(open, run, order) is { } piece)
            {
                piece.Add(run, raw.Text, order);
                continue;
            }

            piece = new Piece(run, raw.Text, order);
            pieces.Add(piece);
            foreach (var stripe in Stripes(run))
            {
                if (!open.TryGetValue(stripe, out var list)) open[stripe] = list = [];
                list.RemoveAll(p => p.Run.Right + (ApartFromMarker * 2 * p.Run.Size) < run.Left);
                list.Add(piece);
            }
        }

        return pieces.ConvertAll(p => p.Run);
    }

    private static Piece? Neighbour(Dictionary<int, List<Piece>> open, TextRun run, int order)
    {
        Piece? best = null;
        foreach (var stripe in Stripes(run))
        {
            if (!open.TryGetValue(stripe, out var list)) continue;
            foreach (var piece in list)
                if (Fits(piece.Run, run, piece.Order + 1 == order) && (best is null || piece.Run.Right > best.Run.Right)) best = piece;
        }

        return best;
    }

    private static bool Fits(TextRun left, TextRun right, bool follows)
    {
        var size = Math.Max(left.Size, right.Size);
        var gap = (right.Left - left.Right) / size;
        var apart = ListMarker.IsAlone(left.Text) ? ApartFromMarker : follows ? Apart : ApartElsewhere;
        return gap >= Overlapping && gap <= apart && left.VerticalOverlap(right) > 0.5;
    }

    private static IEnumerable<int> Stripes(TextRun run)
    {
        // Only the middle of a line decides; a letter over half the page is no reason to look everywhere.
        var first = (int)((run.Top + (run.Height / 4)) / Stripe);
        var last = (int)((run.Bottom - (run.Height / 4)) / Stripe);
        for (var stripe = first; stripe <= Math.Min(last, first + 50); stripe++) yield return stripe;
    }

    private sealed class Piece(TextRun run, string raw, int order)
    {
        private bool _blankAtEnd = char.IsWhiteSpace(raw[^1]);

        public TextRun Run { get; private set; } = run;

        /// <summary>Where its last run stands among all.</summary>
        public int Order { get; private set; } = order;

        public void Add(TextRun next, string nextRaw, int nextOrder)
        {
            var blank = _blankAtEnd || char.IsWhiteSpace(nextRaw[0]) || next.Left - Run.Right > Blank * Math.Max(Run.Size, next.Size);
            var small = next.Text.Length < Run.Text.Length ? next : Run;
            var large = ReferenceEquals(small, next) ? Run : next;
            // What is raised or lowered does not make the line taller.
            Run = new(
                blank ? $"{Run.Text} {next.Text}" : Run.Text + next.Text,
                Math.Min(Run.Left, next.Left),
                small.Size < large.Size ? large.Top : Math.Min(Run.Top, next.Top),
                Math.Max(Run.Right, next.Right),
                small.Size < large.Size ? large.Bottom : Math.Max(Run.Bottom, next.Bottom),
                large.Size,
                Run.Bold && next.Bold,
                Run.Mono && next.Mono);
            _blankAtEnd = char.IsWhiteSpace(nextRaw[^1]);
            Order = nextOrder;
        }
    }
}
