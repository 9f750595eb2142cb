using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting.Layout;

/// <summary>Puts the pieces of all pages together: text goes on over columns and pages, footnotes come after their page's text.</summary>
internal sealed class Assembler(TypeScale scale, Hyphenation hyphenation)
{
    private readonly List<Piece> _pieces = [];
    private List<Piece> _notes = [];
    private Piece? _last;

    /// <param name="regions">Of one page, in reading order.</param>
    public void AddPage(PageText page, IReadOnlyList<List<Piece>> regions)
    {
        var notes = new List<Piece>();
        var first = true;
        foreach (var region in regions)
        {
            var body = region.Count - NotesAtEnd(page, region);
            for (var i = 0; i < body; i++)
            {
                if (i == 0 && _last is not null && GoesOn(_last, region[0]))
                {
                    Append(_last, region[0]);
                    continue;
                }

                if (first && GoesOnAsTable(region, i, body) is { } at)
                {
                    i = at;
                    first = false;
                    continue;
                }

                if (first) AddNotes();
                first = false;
                _pieces.Add(region[i]);
                _last = region[i];
            }

            notes.AddRange(region.Skip(body));
        }

        AddNotes();
        _notes = notes;
    }

    public IReadOnlyList<Piece> Finish()
    {
        AddNotes();
        // Once: writing a table of many pages at each of them would take ever longer.
        foreach (var piece in _pieces)
            if (piece.Table is { PageRows.Count: > 0 } table) piece.Text = table.ToText();
        return _pieces;
    }

    // The table of the page before, at once or behind a line that says so.
    private int? GoesOnAsTable(List<Piece> region, int first, int end)
    {
        var at = TableJoin.IsNote(region[first]) && first + 1 < end ? first + 1 : first;
        if (_last is null || TableJoin.Of(_last, region[at]) is not { } table) return null;
        _last.Table = table;
        return at;
    }

    private void AddNotes()
    {
        _pieces.AddRange(_notes);
        _notes = [];
    }

    // Small type at the foot that begins with a mark, and all below it.
    private int NotesAtEnd(PageText page, List<Piece> region)
    {
        var first = region.Count;
        while (first > 0 && region[first - 1] is { Kind: BlockKind.Paragraph or BlockKind.ListItem } piece && piece.Size < 0.94 * scale.Body && piece.Top > 0.4 * page.Height && !piece.IsOcr) first--;
        while (first < region.Count && !ParagraphBuilder.FootnoteMark().IsMatch(region[first].Text)) first++;
        // A page of small type is no footnote.
        if (first == 0) return 0;
        for (var i = first; i < region.Count; i++) region[i].Kind = BlockKind.Footnote;
        return region.Count - first;
    }

    private static bool GoesOn(Piece last, Piece next)
    {
        if (next.Kind != BlockKind.Paragraph || last.Kind is not (BlockKind.Paragraph or BlockKind.ListItem)) return false;
        if (last.Bold != next.Bold || (Math.Max(last.Size, next.Size) / Math.Min(last.Size, next.Size) > 1.07 && !last.IsOcr && !next.IsOcr)) return false;
        if (last.Text is [.., var letter, '-' or '\u2010'] && char.IsLetter(letter) && char.IsLetter(next.Text[0])) return true;
        if (last.EndsSentence) return false;
        return char.IsLower(next.Text[0]) || (last.EndsFull && !next.Indented && last.Lines > 1 && next.Lines > 1);
    }

    private void Append(Piece last, Piece next)
    {
        last.Text = hyphenation.Join(last.Text, next.Text);
        last.Lines += next.Lines;
        last.EndsFull = next.EndsFull;
    }
}
