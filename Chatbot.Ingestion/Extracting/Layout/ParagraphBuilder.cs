using System.Text.RegularExpressions;
using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting.Layout;

/// <summary>Joins the lines of one region to paragraphs, items of lists, code and tables.</summary>
internal sealed partial class ParagraphBuilder(PageText page, IReadOnlyList<Row> rows, TypeScale scale, Hyphenation hyphenation)
{
    // Longer ones are no paragraphs; joining them line by line would take ever longer.
    private const int LongestParagraph = 20_000;

    private readonly List<Piece> _pieces = [];
    private readonly LineBreaks _breaks = new(rows, scale, page.IsOcr);

    public List<Piece> Build()
    {
        var at = 0;
        foreach (var (first, last) in TableFinder.Find(rows))
        {
            AddText(at, first);
            AddTable(first, last);
            at = last + 1;
        }

        AddText(at, rows.Count);
        return _pieces;
    }

    private void AddTable(int first, int last)
    {
        var lines = rows.Skip(first).Take(last - first + 1).ToList();
        var table = TableBuilder.Build(lines, hyphenation);
        _pieces.Add(new()
        {
            Kind = BlockKind.Table,
            Text = table.ToText(),
            Table = table,
            Page = page.Number,
            Size = lines[0].Size,
            Left = lines[0].Left,
            Top = lines[0].Top,
            Lines = lines.Count,
            IsOcr = page.IsOcr,
        });
    }

    private void AddText(int first, int end)
    {
        for (var i = first; i < end;)
        {
            var code = CodeEnd(i, end);
            i = code > i + 1 ? AddCode(i, code) : AddParagraph(i, end);
        }
    }

    private int CodeEnd(int first, int end)
    {
        if (scale.MostlyMono) return first;
        var at = first;
        while (at < end && rows[at].Mono) at++;
        return at;
    }

    private int AddCode(int first, int end)
    {
        var lines = rows.Skip(first).Take(end - first).ToList();
        var left = lines.Min(l => l.Left);
        // The letters of typewriter type are 0.6 of its size wide.
        var text = lines.Select(l => new string(' ', Math.Clamp((int)Math.Round((l.Left - left) / (0.6 * l.Size)), 0, 80)) + l.Text);
        _pieces.Add(Start(lines[0], BlockKind.Code, string.Join('\n', text), lines.Count, false));
        return end;
    }

    private int AddParagraph(int first, int end)
    {
        var text = rows[first].Text;
        if (rows[first].HasLeader)
        {
            _pieces.Add(Start(rows[first], BlockKind.Paragraph, Row.WithoutLeader(text), 1, rows[first].Bold));
            return first + 1;
        }

        var marker = ListMarker.LengthAt(text);
        var isItem = _breaks.IsItem(first);
        var next = first + 1;
        while (next < end && text.Length < LongestParagraph && !_breaks.Between(next, first, isItem) && !StartsNote(rows[next]) && !rows[next].HasLeader)
            text = hyphenation.Join(text, rows[next++].Text);
        // A bullet is drawn again by whoever shows the list; a number says something.
        if (isItem && !char.IsLetterOrDigit(text[0]) && text[0] != '(') text = text[marker..];
        var piece = Start(rows[first], isItem ? BlockKind.ListItem : BlockKind.Paragraph, text, next - first, rows.Skip(first).Take(next - first).All(r => r.Bold));
        piece.EndsFull = _breaks.IsFull(next - 1);
        _pieces.Add(piece);
        return next;
    }

    private bool StartsNote(Row row) => row.Size < 0.94 * scale.Body && FootnoteMark().IsMatch(row.Text);

    private Piece Start(Row row, BlockKind kind, string text, int lines, bool bold) => new()
    {
        Kind = kind,
        Text = text,
        Page = page.Number,
        Size = row.Size,
        Left = row.Left,
        Top = row.Top,
        Bold = bold,
        Lines = lines,
        Indented = row.Left > _breaks.Left + (0.8 * row.Size),
        IsOcr = page.IsOcr,
    };

    /// <summary>"1 See page 3", "* Without tax", "[2] …".</summary>
    [GeneratedRegex(@"^(?:\d{1,3}|\[\d{1,3}\]|[*†‡§¹²³⁴⁵⁶⁷⁸⁹]{1,3})[.):]?\s*\S")]
    public static partial Regex FootnoteMark();
}
