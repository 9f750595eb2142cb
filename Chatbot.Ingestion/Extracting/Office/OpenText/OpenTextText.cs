using System.Text;
using System.Xml.Linq;
using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting.Office.OpenText;

/// <summary>The text of one paragraph: without hidden words and comments. Deleted words stand elsewhere in the file.</summary>
internal sealed class OpenTextText
{
    private const int MaxSpaces = 100;

    private readonly StringBuilder _text = new();
    private readonly List<TextLink> _links = [];
    private readonly OpenTextStyles _styles;

    private OpenTextText(OpenTextStyles styles) => _styles = styles;

    public string Value { get; private set; } = "";

    /// <summary>On words of the value; null when there are none.</summary>
    public IReadOnlyList<TextLink>? Links { get; private set; }

    public List<(string Mark, XElement Body)> Notes { get; } = [];

    public List<XElement> Boxes { get; } = [];

    /// <summary>Paths of pictures that are fastened to it.</summary>
    public List<string> Pictures { get; } = [];

    public static OpenTextText Of(XElement paragraph, OpenTextStyles styles)
    {
        var read = new OpenTextText(styles);
        read.Append(paragraph);
        var all = read._text.ToString();
        read.Value = all.Trim();
        var links = TextLinks.Within(read._links, all.Length - all.TrimStart().Length, read.Value.Length).ToList();
        if (links.Count > 0) read.Links = links;
        return read;
    }

    private void Append(XElement parent)
    {
        foreach (var node in parent.Nodes())
        {
            if (node is XText text) AppendWords(text.Value);
            else if (node is XElement element) AppendElement(element);
        }
    }

    // White space of the file is one blank; where more is meant, it is said.
    private void AppendWords(string words)
    {
        foreach (var character in words)
        {
            if (!char.IsWhiteSpace(character) || character == '\u00A0') _text.Append(character);
            else if (_text.Length > 0 && !char.IsWhiteSpace(_text[^1])) _text.Append(' ');
        }
    }

    private void AppendElement(XElement element)
    {
        switch (element.Name.LocalName)
        {
            case "s":
                _text.Append(' ', Math.Clamp(element.Number("c") ?? 1, 1, MaxSpaces));
                break;
            case "tab":
                _text.Append(' ');
                break;
            case "line-break":
                _text.Append('\n');
                break;
            case "span" when _styles.IsHidden(element.Attr("style-name")):
                break;
            case "a" when LinkTarget.Clean(element.Attr("href")) is { } target:
                var start = _text.Length;
                Append(element);
                if (_text.Length > start) _links.Add(new(start, _text.Length - start, target));
                break;
            case "note":
                var mark = element.Child("note-citation")?.Value.Trim() is { Length: > 0 } given ? given : "*";
                if (_text.Length == 0 || _text[^1] != ' ') _text.Append(' ');
                _text.Append('[').Append(mark).Append(']');
                if (element.Child("note-body") is { } body) Notes.Add((mark, body));
                break;
            case "ruby":
                if (element.Child("ruby-base") is { } plain) Append(plain);
                break;
            case "frame" or "custom-shape" or "g":
                if (element.Descendants().Any(inner => inner.Name.LocalName is "p" or "h" or "table")) Boxes.Add(element);
                else Pictures.AddRange(element.Below("image").Select(picture => picture.Attr("href")).OfType<string>());
                break;
            case "annotation" or "annotation-end" or "hidden-text" or "hidden-paragraph" or "tracked-changes" or "object" or "image" or "forms" or "script":
                break;
            default:
                Append(element);
                break;
        }
    }
}
