namespace Chatbot.Ingestion.Extracting.Layout;

/// <summary>Tells which lines of a region belong to one paragraph, from their distance, length, indentation and type.</summary>
internal sealed class LineBreaks
{
    private readonly IReadOnlyList<Row> _rows;
    private readonly bool _isOcr;
    private readonly double _pitch;
    private readonly double _right;

    public LineBreaks(IReadOnlyList<Row> rows, TypeScale scale, bool isOcr)
    {
        _rows = rows;
        _isOcr = isOcr;
        _pitch = TypeScale.PitchOf(rows) ?? scale.Pitch;
        Left = rows.Min(r => r.Left);
        // A line or two may stick out; most of the full ones end where the column does.
        var ends = rows.Select(r => r.Right).OrderDescending().ToList();
        _right = ends[Math.Min(ends.Count / 20, ends.Count - 1)];
    }

    /// <summary>Where the region begins.</summary>
    public double Left { get; }

    /// <summary>A paragraph that began at <paramref name="first"/> ends before the line <paramref name="at"/>.</summary>
    public bool Between(int at, int first, bool isItem)
    {
        Row above = _rows[at - 1], line = _rows[at];
        var size = Math.Max(above.Size, line.Size);
        // A column that begins again higher up, or a hole.
        if (IsApart(at) || line.Middle < above.Middle) return true;
        if (size / Math.Min(above.Size, line.Size) > (_isOcr ? 1.45 : 1.07)) return true;
        var goesOn = char.IsLower(line.Text[0]) && !EndsSentence(above.Text);
        if (above.Bold != line.Bold && !goesOn) return true;
        if (StartsItem(line, above, goesOn)) return true;
        var indent = (line.Left - above.Left) / size;
        if (indent > 0.8 && !(isItem && at == first + 1) && !(IsFull(at - 1) && !EndsSentence(above.Text))) return true;
        if (isItem && indent < -0.8 && line.Left < _rows[first].Left + (0.5 * size) && at > first + 1) return true;
        return !goesOn && FitsBehind(at);
    }

    /// <summary>The line begins an item of a list.</summary>
    public bool IsItem(int at)
    {
        if (ListMarker.LengthAt(_rows[at].Text) == 0) return false;
        return at == 0 || IsApart(at) || StartsItem(_rows[at], _rows[at - 1], false);
    }

    /// <summary>More white space above the line than between the lines of a paragraph.</summary>
    public bool IsApart(int at)
    {
        if (at == 0) return true;
        Row above = _rows[at - 1], line = _rows[at];
        // Larger type has more space around it; of two lines the smaller one tells the distance it expects.
        return line.Middle - above.Middle > (_isOcr ? 1.4 : 1.2) * _pitch * Math.Max(line.Size, above.Size);
    }

    /// <summary>The line reaches the end of its column.</summary>
    public bool IsFull(int at) => _rows[at].Right > RightOf(at) - (2 * _rows[at].Size) || _rows[at].Right > _right - (0.1 * (_right - Left));

    private bool StartsItem(Row line, Row above, bool goesOn)
    {
        if (ListMarker.LengthAt(line.Text) == 0) return false;
        // A dash, a date or a number may begin a line of a sentence; the item of a list begins after the end of one.
        return ListMarker.IsBullet(line.Text[0]) || !goesOn && (EndsSentence(above.Text) || Math.Abs(line.Left - above.Left) > 0.8 * line.Size || ListMarker.LengthAt(above.Text) > 0 || line.Right < _right - (4 * line.Size));
    }

    // The first word would have had room on the line above: somebody wanted a new line.
    private bool FitsBehind(int at)
    {
        Row above = _rows[at - 1], line = _rows[at];
        var length = line.Text.Length;
        var word = Glyphs.IsDense(line.Text[0]) ? 2 : line.Text.IndexOf(' ') is var blank and > 0 ? blank : length;
        var width = line.Parts.Sum(p => p.Width) / line.Parts.Sum(p => p.Text.Length);
        return above.Right + ((word + 1) * width) + (0.5 * line.Size) < RightOf(at - 1);
    }

    // Beside a picture lines are shorter: three neighbours that end together tell where.
    private double RightOf(int at)
    {
        var near = _rows.Skip(Math.Max(at - 2, 0)).Take(5).Select(r => r.Right).OrderDescending().ToList();
        return near.Count >= 3 && near[0] - near[2] < 1.2 * _rows[at].Size ? near[0] : _right;
    }

    private static bool EndsSentence(string text) => text[^1] is '.' or '!' or '?' or ':' or '。' or '！' or '？' or '：';
}
