using System.Text;
using System.Text.RegularExpressions;
using Chatbot.Core.Extractions;
using Chatbot.Ingestion.Extracting.Office;

namespace Chatbot.Ingestion.Extracting.Rtf;

/// <summary>Reads the text of one file of rich text. Nothing in it recurses; groups within groups are bounded. Not thread-safe.</summary>
internal sealed partial class RtfReading(ReadOnlyMemory<byte> bytes, OfficeOptions options, CancellationToken cancellationToken)
{
    private const int MostGroups = 1_000;
    private const int MostFonts = 10_000;

    // Bytes in pairs wait for their second half.
    private const int MostWaiting = 4_096;

    private readonly RtfTokens _tokens = new(bytes);
    private readonly Stack<RtfState> _outer = new();
    private readonly RtfBlocks _blocks = new(options);
    private readonly Dictionary<int, int> _fonts = [];
    private readonly List<byte> _waiting = [];
    private readonly StringBuilder _title = new();
    private readonly StringBuilder _author = new();
    private readonly StringBuilder _subject = new();
    private readonly StringBuilder _field = new();
    private RtfState _state = new();
    private int _codePage = 1252;
    private int _defaultFont;
    private int _skip;
    private bool _isOptional;
    private bool _isFirst;

    public (List<Block> Blocks, CoreProperties Properties, string? Note) Read()
    {
        for (var count = 1; ; count++)
        {
            if (count % 4096 == 0) cancellationToken.ThrowIfCancellationRequested();
            var token = _tokens.Next();
            if (token.Kind != RtfTokenKind.Byte) Decode();
            if (token.Kind == RtfTokenKind.End || _blocks.IsFull) break;
            Take(token);
        }

        // What is cut off has no last paragraph mark.
        _blocks.EndParagraph(_state);
        return (_blocks.Finish(), new(Value(_title), Value(_author), Value(_subject), null, null, null), _blocks.Note);
    }

    private void Take(RtfToken token)
    {
        switch (token.Kind)
        {
            case RtfTokenKind.Open:
                if (_outer.Count == MostGroups) throw new InvalidDataException("Groups are nested too deep.");
                _outer.Push(_state);
                (_isFirst, _isOptional, _skip) = (true, false, 0);
                return;
            case RtfTokenKind.Close:
                if (_outer.TryPop(out var outer))
                {
                    if (_state.Target == RtfTarget.Note && outer.Target != RtfTarget.Note) _blocks.EndNote();
                    if (_state.Target == RtfTarget.Styles) _blocks.EndStyle();
                    _state = outer;
                }

                (_isFirst, _skip) = (false, 0);
                return;
            case RtfTokenKind.Control when token.Word == "*":
                _isOptional = true;
                return;
            case RtfTokenKind.Control:
                var isDestination = _isFirst && Enter(token.Word);
                (_isFirst, _isOptional) = (false, false);
                if (!isDestination) Apply(token.Word, token.Number);
                return;
            default:
                _isFirst = false;
                if (_skip > 0) _skip--;
                else Wait((byte)token.Number!.Value);
                return;
        }
    }

    /// <returns>False when the word begins no group of its own.</returns>
    private bool Enter(string word)
    {
        RtfTarget? target = word switch
        {
            "fonttbl" => RtfTarget.Fonts,
            "stylesheet" => RtfTarget.Styles,
            "info" => RtfTarget.Info,
            "title" when _state.Target == RtfTarget.Info => RtfTarget.Title,
            "author" when _state.Target == RtfTarget.Info => RtfTarget.Author,
            "subject" when _state.Target == RtfTarget.Info => RtfTarget.Subject,
            "footnote" when _state.Target == RtfTarget.Body => RtfTarget.Note,
            "fldinst" when _state.Target is RtfTarget.Body => RtfTarget.Field,
            "listtext" or "pntext" when _state.Target == RtfTarget.Body => RtfTarget.Label,
            // Text in a box, and text for programs that know Unicode.
            "shpinst" or "shptxt" or "shp" or "ud" or "field" or "fldrslt" or "result" or "object" => _state.Target,
            "upr" or "colortbl" or "pict" or "nonshppict" or "shppict" or "objdata" or "fldinst" or "listtable" or "listoverridetable" or "revtbl" or "rsidtbl" or "generator"
                or "header" or "headerl" or "headerr" or "headerf" or "footer" or "footerl" or "footerr" or "footerf" or "annotation" or "atnid" or "atnauthor" or "xe" or "tc" or "sp"
                or "bkmkstart" or "bkmkend" or "shprslt" or "nonesttables" or "themedata" or "datastore" or "latentstyles" or "filetbl" or "ftnsep" or "ftnsepc" or "aftnsep" => RtfTarget.Nowhere,
            _ => null,
        };
        // What a reader does not know and need not know.
        if (target is null && _isOptional) target = RtfTarget.Nowhere;
        if (target is null) return false;
        if (word == "ud" && _outer.TryPeek(out var alternatives) && alternatives.Target == RtfTarget.Nowhere) target = RtfTarget.Body;
        if (target == RtfTarget.Note) _blocks.BeginNote();
        if (target == RtfTarget.Field) _field.Clear();
        if (word == "fldrslt")
        {
            _state.Link = Link().Match(_field.ToString()) is { Success: true } link ? LinkTarget.Clean(link.Groups[1].Value) : null;
            _field.Clear();
        }

        if (_state.Target != RtfTarget.Nowhere || word == "ud") _state.Target = target.Value;
        return true;
    }

    private void Apply(string word, int? number)
    {
        // What stands for a character of Unicode ends at the latest here.
        _skip = 0;
        switch (word)
        {
            case "bin": _tokens.Skip(number ?? 0); break;
            case "ansicpg": _codePage = number ?? 1252; break;
            case "mac": _codePage = 10000; break;
            case "pc": _codePage = 437; break;
            case "pca": _codePage = 850; break;
            case "uc": _state.Fallback = Math.Clamp(number ?? 1, 0, 16); break;
            case "u":
                Append((char)(ushort)(number ?? '?'));
                _skip = _state.Fallback;
                break;
            case "deff": _state.Font = _defaultFont = number ?? 0; break;
            case "f": _state.Font = number ?? 0; break;
            case "fcharset" when _state.Target == RtfTarget.Fonts && _fonts.Count < MostFonts: _fonts[_state.Font] = number ?? 0; break;
            case "plain": (_state.Bold, _state.Hidden, _state.Font) = (false, false, _defaultFont); break;
            case "b": _state.Bold = number is not 0; break;
            case "v" or "deleted": _state.Hidden = number is not 0; break;
            case "s": _state.Style = number; break;
            case "outlinelevel": _state.Outline = number; break;
            case "ls": _state.List = number ?? 0; break;
            case "ilvl": _state.ListLevel = Math.Clamp(number ?? 0, 0, 8); break;
            case "intbl": _state.InTable = true; break;
            case "pard": (_state.Style, _state.Outline, _state.List, _state.ListLevel, _state.InTable) = (null, null, 0, 0, false); break;
            default: Sign(word); break;
        }

        if (_state.Target == RtfTarget.Styles) _blocks.DescribeStyle(_state);
    }

    private void Sign(string word)
    {
        if (_state.Target == RtfTarget.Body)
        {
            switch (word)
            {
                case "par" or "sect" or "page" or "column":
                    _blocks.EndParagraph(_state);
                    return;
                case "cell":
                    _blocks.EndCell();
                    return;
                case "row":
                    _blocks.EndRow();
                    return;
                case "trowd":
                    _blocks.BeginRow();
                    return;
                case "trhdr":
                    _blocks.IsHeaderRow = true;
                    return;
            }
        }

        var text = word switch
        {
            "par" or "tab" or "nestcell" or "nestrow" or "~" or "emspace" or "enspace" or "qmspace" or "cell" => " ",
            "line" or "softline" => "\n",
            "_" => "-",
            "{" or "}" or "\\" => word,
            "emdash" => "—",
            "endash" => "–",
            "bullet" => "•",
            "lquote" => "‘",
            "rquote" => "’",
            "ldblquote" => "“",
            "rdblquote" => "”",
            _ => "",
        };
        foreach (var character in text) Append(character);
    }

    private void Wait(byte value)
    {
        _waiting.Add(value);
        if (_waiting.Count >= MostWaiting) Decode();
    }

    private void Decode()
    {
        if (_waiting.Count == 0) return;
        var charset = _fonts.GetValueOrDefault(_state.Font);
        // Fonts of signs have bullets and arrows where others have letters.
        var text = charset == RtfCodePages.Symbols ? new string('•', 1) : RtfCodePages.Of(RtfCodePages.OfCharset(charset) ?? _codePage).GetString([.. _waiting]);
        _waiting.Clear();
        foreach (var character in text) Append(character);
    }

    private void Append(char character)
    {
        if (_state.Hidden && _state.Target is RtfTarget.Body or RtfTarget.Note) return;
        // Private use: the same fonts of signs, in Unicode.
        if (character is >= '\uF000' and <= '\uF0FF') character = '•';
        if (char.IsControl(character) && character != '\n') character = ' ';
        switch (_state.Target)
        {
            case RtfTarget.Body: _blocks.Append(character, _state.Bold, _state.Link); break;
            case RtfTarget.Note: _blocks.AppendToNote(character); break;
            case RtfTarget.Label: _blocks.AppendToLabel(character); break;
            case RtfTarget.Styles: _blocks.NameStyle(character); break;
            case RtfTarget.Title: Add(_title); break;
            case RtfTarget.Author: Add(_author); break;
            case RtfTarget.Subject: Add(_subject); break;
            case RtfTarget.Field: Add(_field, LinkTarget.Longest + 100); break;
        }

        void Add(StringBuilder text, int most = 500)
        {
            if (text.Length < most) text.Append(character);
        }
    }

    private static string? Value(StringBuilder text) => text.ToString().Trim() is { Length: > 0 } value ? value : null;

    // With "\l" in front of it, it is a place within the document.
    [GeneratedRegex(@"^\s*HYPERLINK\s+""([^""\\]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Link();
}
