using System.Xml;
using System.Xml.Linq;
using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting.Office.OpenText;

/// <summary>Reads the body of one OpenDocument text, a part at a time. Not thread-safe.</summary>
internal sealed class OpenTextReading(ZipParts parts, OfficeOptions options, CancellationToken cancellationToken)
{
    private readonly OpenTextStyles _styles = new();
    private readonly List<Block> _blocks = [];
    private readonly List<Block> _notes = [];
    private readonly List<EmbeddedPicture> _pictures = [];
    private string? _title;

    public (List<Block> Blocks, string? Title, IReadOnlyList<EmbeddedPicture>? Pictures) Read()
    {
        using (var styles = parts.Read("styles.xml"))
            if (styles is not null && styles.MoveToContent() == XmlNodeType.Element && BoundedXml.ReadElement(styles, cancellationToken) is var root)
            {
                _styles.Add(root.Child("styles"));
                _styles.Add(root.Child("automatic-styles"));
            }

        using (var automatic = parts.Read("content.xml") ?? throw new InvalidDataException("It has no text."))
        {
            var own = new XElement("styles");
            foreach (var style in BoundedXml.ChildrenOf(automatic, "automatic-styles", cancellationToken)) own.Add(style);
            _styles.Add(own);
        }

        using var content = parts.Read("content.xml")!;
        foreach (var element in BoundedXml.ChildrenOf(content, "text", cancellationToken)) Add(element, _blocks);
        WriteNotes();
        return (_blocks, _title, _pictures.Count > 0 ? _pictures : null);
    }

    private void Add(XElement element, List<Block> blocks)
    {
        cancellationToken.ThrowIfCancellationRequested();
        switch (element.Name.LocalName)
        {
            case "p" or "h":
                AddParagraph(element, blocks);
                break;
            case "list":
                new OpenTextList(_styles, Text, AddInner).Add(element, blocks);
                break;
            case "table":
                foreach (var block in OpenTextTable.Read(element, _styles, options, AddAll)) blocks.Add(block);
                break;
            case "section" when element.Attr("display") != "none":
                AddInner(element, blocks);
                break;
            case "frame" or "text-box" or "numbered-paragraph" or "index-body" or "g" or "custom-shape":
                AddInner(element, blocks);
                break;
            case "image" when element.Attr("href") is { } picture:
                AddPicture(picture);
                break;
        }
    }

    // What stands elsewhere than in the file has an address.
    private void AddPicture(string path)
    {
        if (parts.Has(path)) _pictures.Add(new(path, _blocks.Count, 0));
    }

    private void AddInner(XElement parent, List<Block> blocks)
    {
        foreach (var child in parent.Elements()) Add(child, blocks);
    }

    private List<Block> AddAll(XElement parent)
    {
        var blocks = new List<Block>();
        AddInner(parent, blocks);
        return blocks;
    }

    private OpenTextText Text(XElement paragraph)
    {
        var text = OpenTextText.Of(paragraph, _styles);
        foreach (var (mark, body) in text.Notes)
        {
            var words = string.Join(' ', body.Below("p").Select(p => OpenTextText.Of(p, _styles).Value).Where(t => t.Length > 0));
            if (words.Length > 0) _notes.Add(new() { Kind = BlockKind.Footnote, Text = $"[{mark}] {words.ReplaceLineEndings(" ")}" });
        }

        return text;
    }

    private void AddParagraph(XElement paragraph, List<Block> blocks)
    {
        var isHeading = paragraph.Is("h");
        if (isHeading && ReferenceEquals(blocks, _blocks)) WriteNotes();
        var text = Text(paragraph);
        var style = paragraph.Attr("style-name");
        var isTitle = _styles.Is(style, "Title");
        if (text.Value.Length > 0)
        {
            var line = text.Value.ReplaceLineEndings(" ");
            if (isTitle) _title ??= line;
            if (isTitle || isHeading) blocks.Add(new() { Kind = BlockKind.Heading, Level = isTitle ? 1 : Math.Clamp(paragraph.Number("outline-level") ?? 1, 1, 6), Text = line, Links = text.Links });
            else if (_styles.Is(style, "Preformatted_20_Text") && blocks is [.., { Kind: BlockKind.Code } above]) blocks[^1] = above with { Text = above.Text + "\n" + text.Value };
            else blocks.Add(new() { Kind = Kind(style), Text = text.Value, Links = text.Links });
        }

        foreach (var picture in text.Pictures) AddPicture(picture);
        foreach (var box in text.Boxes) AddInner(box, blocks);
    }

    private BlockKind Kind(string? style) =>
        _styles.Is(style, "Caption") ? BlockKind.Caption
        : _styles.Is(style, "Quotations") ? BlockKind.Quote
        : _styles.Is(style, "Preformatted_20_Text") ? BlockKind.Code
        : BlockKind.Paragraph;

    // Notes stand behind the text of their section.
    private void WriteNotes()
    {
        _blocks.AddRange(_notes);
        _notes.Clear();
    }
}
