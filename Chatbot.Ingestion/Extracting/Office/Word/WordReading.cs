using System.Xml.Linq;
using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting.Office.Word;

/// <summary>Reads one Word document, a part of its body at a time. Not thread-safe.</summary>
internal sealed class WordReading(ZipParts parts, OfficeOptions options, CancellationToken cancellationToken)
{
    // A paragraph in the style of a heading that says this much is none.
    private const int MaxHeading = 300;
    private const int MaxBoldHeading = 120;

    private static readonly Dictionary<string, string> NoTargets = [];

    private readonly List<Block> _blocks = [];
    private readonly List<int> _boldLines = [];
    private readonly List<EmbeddedPicture> _pictures = [];
    private readonly List<(string Kind, string Id, int Number)> _waiting = [];
    private WordStyles _styles = new(null);
    private WordNumbering _numbering = new(null);
    private Dictionary<(string, string), XElement> _notes = [];
    private IReadOnlyDictionary<string, string> _targets = NoTargets;
    private IReadOnlyDictionary<string, ZipParts.Relation> _relations = new Dictionary<string, ZipParts.Relation>();
    private int _lastNote;
    private string? _title;

    public Extraction Read(string name)
    {
        var main = parts.Relations("").Values.FirstOrDefault(relation => relation.Type == "officeDocument")?.Path ?? "word/document.xml";
        using var body = parts.Read(main) ?? throw new InvalidDataException("It has no text.");
        _relations = parts.Relations(main);
        var relations = _relations.Values;
        XElement? Part(string type) => parts.Load(relations.FirstOrDefault(relation => relation.Type == type)?.Path);
        _targets = parts.Links(main);
        _styles = new(Part("styles"));
        _numbering = new(Part("numbering"));
        _notes = Notes(Part("footnotes"), "footnote").Concat(Notes(Part("endnotes"), "endnote")).ToDictionary();
        foreach (var element in BoundedXml.ChildrenOf(body, "body", cancellationToken)) Add(element, _blocks);
        WriteNotes();
        PromoteBoldLines();
        var heading = _title ?? _blocks.Take(10).Where(b => b is { Kind: BlockKind.Heading, Text.Length: < 200 }).MinBy(b => b.Level)?.Text;
        return CoreProperties.Read(parts).With(_blocks, heading, name) with { Pictures = _pictures.Count > 0 ? _pictures : null };
    }

    private static IEnumerable<KeyValuePair<(string, string), XElement>> Notes(XElement? root, string kind) => root.Children(kind)
        .Where(note => note.Attr("id") is not null && note.Attr("type") is null or "normal")
        .DistinctBy(note => note.Attr("id"))
        .Select(note => KeyValuePair.Create((kind, note.Attr("id")!), note));

    private void Add(XElement element, List<Block> blocks)
    {
        cancellationToken.ThrowIfCancellationRequested();
        switch (element.Name.LocalName)
        {
            case "p":
                AddParagraph(element, blocks);
                break;
            case "tbl":
                foreach (var block in WordTable.Read(element, options, AddAll)) blocks.Add(block);
                break;
            case "sdt":
                var gallery = element.Child("sdtPr").Child("docPartObj").Child("docPartGallery").Attr("val");
                if (gallery != "Table of Contents" && element.Child("sdtContent") is { } content) AddInner(content, blocks);
                break;
            case "ins" or "moveTo" or "customXml" or "smartTag":
                AddInner(element, blocks);
                break;
            case "AlternateContent" when (element.Child("Choice") ?? element.Child("Fallback")) is { } chosen:
                AddInner(chosen, blocks);
                break;
        }
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

    private void AddParagraph(XElement paragraph, List<Block> blocks)
    {
        var properties = paragraph.Child("pPr");
        var style = _styles.Of(properties.Child("pStyle").Attr("val"));
        if (style.IsDirectory) return;
        var text = WordText.Of(paragraph, () => ++_lastNote, _targets);
        var outline = properties.Child("outlineLvl").Number("val") is { } own ? (own is >= 0 and < 9 ? own : null) : style.Outline;
        var list = properties.Child("numPr").Child("numId").Number("val") ?? style.List;
        var level = properties.Child("numPr").Child("ilvl").Number("val") ?? style.ListLevel ?? (style.List is null ? 0 : outline ?? 0);
        var label = list is > 0 and var use ? _numbering.Next(use, level) : null;
        if (text.Value.Length > 0)
        {
            var block = Block(text, style, outline, label, level);
            // What stands before the text is its number.
            if (text.Links is not null) block = block with { Links = TextLinks.Shift(text.Links, block.Text.Length - text.Value.Length) };
            if (block.Kind == BlockKind.Heading && ReferenceEquals(blocks, _blocks)) WriteNotes();
            if (style.IsTitle) _title ??= block.Text;
            if (block.Kind == BlockKind.Paragraph && ReferenceEquals(blocks, _blocks) && IsBoldLine(text, style)) _boldLines.Add(blocks.Count);
            if (block.Kind == BlockKind.Code && blocks is [.., { Kind: BlockKind.Code } above]) blocks[^1] = above with { Text = above.Text + "\n" + block.Text };
            else blocks.Add(block);
        }

        foreach (var picture in text.Pictures)
            if (_relations.TryGetValue(picture, out var relation) && relation.Type == "image") _pictures.Add(new(relation.Path, _blocks.Count, 0));
        foreach (var note in text.Notes) _waiting.Add((note.Kind, note.Id, _lastNote - text.Notes.Count + 1 + text.Notes.IndexOf(note)));
        foreach (var box in text.Boxes) AddInner(box, blocks);
    }

    private static Block Block(WordText text, WordStyles.Style style, int? outline, string? label, int level)
    {
        var line = text.Value.ReplaceLineEndings(" ");
        var numbered = string.IsNullOrEmpty(label) ? line : $"{label} {line}";
        if (style.IsTitle && line.Length <= MaxHeading) return new() { Kind = BlockKind.Heading, Level = 1, Text = line };
        if (outline is { } depth && line.Length <= MaxHeading) return new() { Kind = BlockKind.Heading, Level = Math.Min(depth + 1, 6), Text = numbered };
        if (label is not null || style.IsListItem) return new() { Kind = BlockKind.ListItem, Level = level + 1, Text = numbered };
        var kind = style.IsCaption ? BlockKind.Caption : style.IsQuote ? BlockKind.Quote : style.IsCode ? BlockKind.Code : BlockKind.Paragraph;
        return new() { Kind = kind, Text = text.Value };
    }

    private static bool IsBoldLine(WordText text, WordStyles.Style style) =>
        (text.IsBold || style.IsBold) && text.Value.Length is > 2 and <= MaxBoldHeading && text.Value[^1] is not ('.' or ',' or ';' or '。') && !text.Value.Contains('\n', StringComparison.Ordinal);

    // Notes stand behind the text of their section.
    private void WriteNotes()
    {
        foreach (var (kind, id, number) in _waiting)
        {
            if (!_notes.TryGetValue((kind, id), out var note)) continue;
            var text = string.Join(' ', note.Below("p").Select(p => WordText.Of(p, () => 0, NoTargets).Value).Where(t => t.Length > 0));
            if (text.Length > 0) _blocks.Add(new() { Kind = BlockKind.Footnote, Text = $"[{number}] {text.ReplaceLineEndings(" ")}" });
        }

        _waiting.Clear();
    }

    // Whoever knows no styles sets headings in bold.
    private void PromoteBoldLines()
    {
        if (_blocks.Any(block => block.Kind == BlockKind.Heading && block.Text != _title)) return;
        var lines = _boldLines.ToHashSet();
        foreach (var at in _boldLines)
            if (at + 1 < _blocks.Count && !lines.Contains(at + 1)) _blocks[at] = _blocks[at] with { Kind = BlockKind.Heading, Level = 2 };
    }
}
