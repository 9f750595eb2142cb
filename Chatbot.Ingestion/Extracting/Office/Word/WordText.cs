using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting.Office.Word;

/// <summary>The text of one paragraph as it is printed: without deleted and hidden words, comments and the codes of fields.</summary>
internal sealed class WordText
{
    private readonly StringBuilder _text = new();
    private readonly List<TextLink> _links = [];

    // From outer to inner: the code of one may have others in it.
    private readonly Stack<FieldCode> _fields = [];
    private readonly IReadOnlyDictionary<string, string> _targets;

    private WordText(IReadOnlyDictionary<string, string> targets) => _targets = targets;

    public string Value { get; private set; } = "";

    /// <summary>The ids of notes it refers to, with their kind: "footnote" or "endnote".</summary>
    public List<(string Kind, string Id)> Notes { get; } = [];

    /// <summary>Contents of text boxes that are fastened to it.</summary>
    public List<XElement> Boxes { get; } = [];

    /// <summary>Ids of the relationships of pictures that stand in it.</summary>
    public List<string> Pictures { get; } = [];

    public bool IsBold { get; private set; } = true;

    /// <summary>On words of the value; null when there are none.</summary>
    public IReadOnlyList<TextLink>? Links { get; private set; }

    /// <param name="number">Gives the next number of a note.</param>
    /// <param name="targets">Where links lead, by the id of their relationship.</param>
    public static WordText Of(XElement paragraph, Func<int> number, IReadOnlyDictionary<string, string> targets)
    {
        var read = new WordText(targets);
        read.Append(paragraph, number);
        // One that goes on in the next paragraph ends its link here.
        while (read._fields.Count > 0) read.EndField();
        var all = read._text.ToString();
        read.Value = all.Trim();
        var links = TextLinks.Within(read._links, all.Length - all.TrimStart().Length, read.Value.Length).ToList();
        if (links.Count > 0) read.Links = links;
        return read;
    }

    private void Append(XElement parent, Func<int> number)
    {
        foreach (var part in parent.Elements())
        {
            switch (part.Name.LocalName)
            {
                case "r":
                    AppendRun(part, number);
                    break;
                case "hyperlink" when part.RelationAttr("id") is { } id && _targets.TryGetValue(id, out var target):
                    AppendLinked(part, number, target);
                    break;
                case "fldSimple" when FieldCode.TargetOf(part.Attr("instr")) is { } target:
                    AppendLinked(part, number, target);
                    break;
                case "hyperlink" or "ins" or "moveTo" or "smartTag" or "fldSimple" or "customXml" or "dir" or "bdo" or "sdtContent" or "rubyBase":
                    Append(part, number);
                    break;
                case "sdt" when part.Child("sdtContent") is { } content:
                    Append(content, number);
                    break;
                case "oMath" or "oMathPara":
                    foreach (var piece in part.Below("t")) _text.Append(piece.Value);
                    break;
            }
        }
    }

    private void AppendLinked(XElement part, Func<int> number, string target)
    {
        var start = _text.Length;
        Append(part, number);
        Link(start, target);
    }

    private void Link(int start, string target)
    {
        if (_text.Length > start) _links.Add(new(start, _text.Length - start, target));
    }

    private void EndField()
    {
        if (_fields.TryPop(out var field) && field.Target is { } target) Link(field.Start, target);
    }

    private void AppendRun(XElement run, Func<int> number)
    {
        var properties = run.Child("rPr");
        if (properties.Child("vanish").IsOn()) return;
        var before = _text.Length;
        foreach (var part in run.Elements()) AppendPiece(part, number);
        if (_text.Length > before && !properties.Child("b").IsOn()) IsBold = false;
    }

    private void AppendPiece(XElement part, Func<int> number)
    {
        switch (part.Name.LocalName)
        {
            case "fldChar" when part.Attr("fldCharType") is "begin":
                _fields.Push(new FieldCode());
                break;
            case "fldChar" when part.Attr("fldCharType") is "separate":
                if (_fields.TryPeek(out var field) && field.IsCode) field.Show(_text.Length);
                break;
            case "fldChar" when part.Attr("fldCharType") is "end":
                EndField();
                break;
            case "instrText" or "t" when _fields.FirstOrDefault(it => it.IsCode) is { } code:
                code.Append(part.Value);
                break;
            case "t":
                _text.Append(part.Value);
                break;
            case "tab" or "ptab":
                _text.Append(' ');
                break;
            case "br" or "cr":
                _text.Append(part.Attr("type") is "page" or "column" ? ' ' : '\n');
                break;
            case "noBreakHyphen":
                _text.Append('-');
                break;
            case "sym" when int.TryParse(part.Attr("char"), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code) && code is > 32 and < 0xD800:
                // Those of symbol fonts stand in the private area and mean nothing elsewhere.
                _text.Append((char)code);
                break;
            case "footnoteReference" or "endnoteReference" when part.Attr("id") is { } id:
                if (_text.Length == 0 || _text[^1] != ' ') _text.Append(' ');
                _text.Append(CultureInfo.InvariantCulture, $"[{number()}]");
                Notes.Add((part.Name.LocalName[..^"Reference".Length], id));
                break;
            case "ruby" when part.Child("rubyBase") is { } plain:
                Append(plain, number);
                break;
            case "AlternateContent" when (part.Child("Choice") ?? part.Child("Fallback")) is { } chosen:
                foreach (var piece in chosen.Elements()) AppendPiece(piece, number);
                break;
            case "drawing" or "pict" or "object":
                Boxes.AddRange(part.Below("txbxContent"));
                Pictures.AddRange(part.Below("blip").Select(picture => picture.RelationAttr("embed")).Concat(part.Below("imagedata").Select(picture => picture.RelationAttr("id"))).OfType<string>());
                break;
        }
    }
}
