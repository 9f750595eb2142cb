using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Chatbot.Core.Extractions;
using Chatbot.Ingestion.Extracting.Office;
using Chatbot.Ingestion.Extracting.Office.Sheets;

namespace Chatbot.Ingestion.Extracting.Rtf;

/// <summary>Makes blocks of the paragraphs and rows of rich text. Not thread-safe.</summary>
internal sealed partial class RtfBlocks(OfficeOptions options)
{
    private const int MaxHeading = 300, MaxBoldHeading = 120, MaxLabel = 20, MostStyles = 10_000, MaxStyleName = 60;

    private readonly CellLimits _limits = new(options);
    private readonly long _most = options.MaxMillionCharacters * 1_000_000L;
    private readonly List<Block> _blocks = [];
    private readonly List<Block> _notes = [];
    private readonly List<int> _boldLines = [];
    private readonly Dictionary<int, int> _headings = [];
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _label = new();
    private readonly StringBuilder _note = new();
    private readonly StringBuilder _styleName = new();
    private readonly List<string> _cells = [];
    private readonly List<TextLink> _links = [];
    private readonly List<LinkedText> _linkedCells = [];
    private List<IReadOnlyList<string>> _rows = [];
    private bool _hasHeader;
    private RtfState _style;
    private int _letters;
    private int _boldLetters;
    private int _noteNumber;
    private long _characters;

    /// <summary>No more text is wanted.</summary>
    public bool IsFull { get; private set; }

    /// <summary>The row that is being read is declared to be one of the header.</summary>
    public bool IsHeaderRow { get; set; }

    /// <summary>What was left out; null when nothing was.</summary>
    public string? Note => IsFull ? $"Only the first {_most / 1_000_000} million characters were read." : _limits.Note;

    public void Append(char character, bool isBold, string? link)
    {
        if (IsFull || (IsFull = ++_characters > _most)) return;
        if (link is not null)
        {
            if (_links is [.., var last] && last.Url == link && last.Start + last.Length == _text.Length) _links[^1] = last with { Length = last.Length + 1 };
            else _links.Add(new(_text.Length, 1, link));
        }

        _text.Append(character);
        if (!char.IsLetterOrDigit(character)) return;
        _letters++;
        if (isBold) _boldLetters++;
    }

    public void AppendToLabel(char character)
    {
        if (_label.Length < MaxLabel) _label.Append(character);
    }

    public void BeginNote()
    {
        _note.Clear();
        foreach (var character in string.Create(CultureInfo.InvariantCulture, $" [{++_noteNumber}]")) _text.Append(character);
    }

    public void AppendToNote(char character)
    {
        if (IsFull || (IsFull = ++_characters > _most)) return;
        _note.Append(character);
    }

    public void EndNote()
    {
        if (Tidy(_note.ToString()).ReplaceLineEndings(" ") is { Length: > 0 } note) _notes.Add(new() { Kind = BlockKind.Footnote, Text = $"[{_noteNumber}] {note}" });
        _note.Clear();
    }

    /// <summary>A word of the sheet of styles.</summary>
    public void DescribeStyle(RtfState state) => _style = state;

    public void NameStyle(char character)
    {
        if (_styleName.Length < MaxStyleName) _styleName.Append(character);
    }

    /// <summary>A group of the sheet of styles ends: <c>{\s1\outlinelevel0 heading 1;}</c>.</summary>
    public void EndStyle()
    {
        var name = _styleName.ToString().Trim(' ', ';');
        _styleName.Clear();
        if (name.Length == 0 || _style.Style is not { } number || _headings.Count >= MostStyles) return;
        if (HeadingName().Match(name) is { Success: true } heading) _headings[number] = int.Parse(heading.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        else if (name.Equals("title", StringComparison.OrdinalIgnoreCase)) _headings[number] = 1;
        else if (_style.Outline is >= 0 and < 6 and var outline) _headings[number] = outline + 1;
    }

    public void EndParagraph(RtfState state)
    {
        if (state.InTable)
        {
            // A cell of several paragraphs.
            if (_text.Length > 0) _text.Append(' ');
            return;
        }

        EndTable();
        var (label, text, linked) = (_label.ToString().Trim(), Tidy(_text.ToString()), Linked());
        var isBold = _letters > 0 && _boldLetters == _letters;
        Clear();
        if (text.Length == 0) return;
        var line = text.ReplaceLineEndings(" ");
        var numbered = NumberLabel().IsMatch(label) ? $"{label} {line}" : line;
        if (LevelOf(state) is { } level && line.Length <= MaxHeading)
        {
            WriteNotes();
            Add(new() { Kind = BlockKind.Heading, Level = level, Text = numbered }, linked);
        }
        else if (state.List > 0 || label.Length > 0)
        {
            Add(new() { Kind = BlockKind.ListItem, Level = state.ListLevel + 1, Text = numbered }, linked);
        }
        else
        {
            if (isBold && line.Length is > 2 and <= MaxBoldHeading && line[^1] is not ('.' or ',' or ';' or '。')) _boldLines.Add(_blocks.Count);
            Add(new() { Kind = BlockKind.Paragraph, Text = text }, linked);
        }
    }

    public void BeginRow() => IsHeaderRow = false;

    public void EndCell()
    {
        if (_cells.Count < options.MaxColumns) _cells.Add(Tidy(_text.ToString()).ReplaceLineEndings(" "));
        else if (_text.Length > 0) _limits.MissColumn();
        _linkedCells.Add(new(_text.ToString(), [.. _links]));
        // Its letters tell whether the row is bold, so they are counted on.
        _text.Clear();
        _links.Clear();
        _label.Clear();
    }

    public void EndRow()
    {
        if (_rows.Count == 0) _hasHeader = IsHeaderRow || (_letters > 0 && _boldLetters == _letters);
        if (_cells.Exists(cell => cell.Length > 0) && _limits.Takes(_cells)) _rows.Add([.. _cells]);
        _cells.Clear();
        Clear();
    }

    public List<Block> Finish()
    {
        if (_cells.Count > 0) EndRow();
        EndTable();
        WriteNotes();
        PromoteBoldLines();
        return _blocks;
    }

    private void EndTable()
    {
        if (_rows.Count == 0) return;
        _blocks.AddRange(LinkPlaces.Put([.. TableBlocks.Of(_rows, _hasHeader || TableBlocks.StandsAboveNumbers(_rows), page: 0)], _linkedCells));
        _rows = [];
        _linkedCells.Clear();
    }

    private LinkedText? Linked() => _links.Count > 0 ? new(_text.ToString(), [.. _links]) : null;

    private void Add(Block block, LinkedText? linked) => _blocks.AddRange(linked is null ? [block] : LinkPlaces.Put([block], [linked]));

    private int? LevelOf(RtfState state) =>
        state.Outline is >= 0 and < 9 and var own ? Math.Min(own + 1, 6)
        : state.Style is { } style && _headings.TryGetValue(style, out var level) ? Math.Clamp(level, 1, 6)
        : null;

    // Notes stand behind the text of their section.
    private void WriteNotes()
    {
        _blocks.AddRange(_notes);
        _notes.Clear();
    }

    // Whoever knows no styles sets headings in bold.
    private void PromoteBoldLines()
    {
        if (_blocks.Exists(block => block.Kind == BlockKind.Heading)) return;
        var lines = _boldLines.ToHashSet();
        foreach (var at in _boldLines)
            if (at + 1 < _blocks.Count && !lines.Contains(at + 1)) _blocks[at] = _blocks[at] with { Kind = BlockKind.Heading, Level = 2 };
    }

    private void Clear()
    {
        _text.Clear();
        _links.Clear();
        _label.Clear();
        (_letters, _boldLetters) = (0, 0);
    }

    private static string Tidy(string text) => BlanksAtBreaks().Replace(Blanks().Replace(text, " "), "\n").Trim();

    [GeneratedRegex(@"[ \t\u00A0]+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@" ?\n ?")]
    private static partial Regex BlanksAtBreaks();

    [GeneratedRegex(@"^(?:heading|überschrift|titre|encabezado|título|titolo|kop|标题)\s*([1-9])$", RegexOptions.IgnoreCase)]
    private static partial Regex HeadingName();

    [GeneratedRegex(@"^\(?(?:\d{1,4}(?:\.\d{1,4})*|[A-Za-z]|[ivxlcIVXLC]{1,7})[.)]?$")]
    private static partial Regex NumberLabel();
}
