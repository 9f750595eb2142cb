using System.Xml.Linq;
using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting.Office.Slides;

/// <summary>Reads one slide: its title, what stands on it in the order it was put there, and the speaker's notes. Not thread-safe.</summary>
internal sealed class SlideReading(ZipParts parts, string path, int page, OfficeOptions options)
{
    private readonly List<Block> _blocks = [];
    private IReadOnlyDictionary<string, ZipParts.Relation> _relations = new Dictionary<string, ZipParts.Relation>();
    private IReadOnlyDictionary<string, string> _targets = new Dictionary<string, string>();

    /// <summary>Those of the slide, by its own blocks.</summary>
    public List<EmbeddedPicture> Pictures { get; } = [];

    /// <returns>Empty when the slide is hidden.</returns>
    public IReadOnlyList<Block> Read()
    {
        if (parts.Load(path) is not { } slide || slide.Attr("show") is "0" or "false") return [];
        _relations = parts.Relations(path);
        _targets = parts.Links(path);
        var shapes = Shapes(slide.Child("cSld").Child("spTree")).ToList();
        if (shapes.Find(IsTitle) is { } title && Title(title) is { Length: > 0 } text) _blocks.Add(new() { Kind = BlockKind.Heading, Level = 1, Text = text, Page = page });
        foreach (var shape in shapes.Where(shape => !IsTitle(shape))) Add(shape);
        if (_relations.Values.FirstOrDefault(relation => relation.Type == "notesSlide") is { } notes)
            foreach (var shape in Shapes(parts.Load(notes.Path).Child("cSld").Child("spTree")).Where(shape => Placeholder(shape) == "body"))
                AddText(shape.Child("txBody"), bullets: false);
        return _blocks;
    }

    private static IEnumerable<XElement> Shapes(XElement? tree)
    {
        foreach (var shape in tree?.Elements() ?? [])
        {
            switch (shape.Name.LocalName)
            {
                case "sp" or "graphicFrame" or "cxnSp" or "pic":
                    if (!XmlShortcuts.IsYes(shape.Elements().FirstOrDefault(part => part.Name.LocalName.StartsWith("nv", StringComparison.Ordinal)).Child("cNvPr").Attr("hidden"))) yield return shape;
                    break;
                case "grpSp":
                    foreach (var inner in Shapes(shape)) yield return inner;
                    break;
                case "AlternateContent":
                    foreach (var inner in Shapes(shape.Child("Choice") ?? shape.Child("Fallback"))) yield return inner;
                    break;
            }
        }
    }

    private static bool IsTitle(XElement shape) => Placeholder(shape) is "title" or "ctrTitle";

    /// <returns>Null when it is none; "" for one of the default type, which holds text or pictures.</returns>
    private static string? Placeholder(XElement shape) => shape.Child("nvSpPr").Child("nvPr").Child("ph") is { } place ? place.Attr("type") ?? "" : null;

    private static string Title(XElement shape) => string.Join(' ', shape.Child("txBody").Children("p").Select(SlideText.Of).Where(text => text.Length > 0)).ReplaceLineEndings(" ");

    private void Add(XElement shape)
    {
        var place = Placeholder(shape);
        if (place is "sldNum" or "dt" or "ftr" or "hdr") return;
        AddText(shape.Child("txBody"), bullets: place is "" or "body" or "obj");
        foreach (var picture in shape.Below("blip"))
            if (picture.RelationAttr("embed") is { } id && _relations.TryGetValue(id, out var image) && image.Type == "image") Pictures.Add(new(image.Path, _blocks.Count, page));
        var data = shape.Child("graphic").Child("graphicData");
        if (data.Child("tbl") is { } table) AddTable(table);
        if (data.Child("relIds").RelationAttr("dm") is { } diagram && _relations.TryGetValue(diagram, out var relation)) AddDiagram(parts.Load(relation.Path));
    }

    /// <param name="bullets">Paragraphs have bullets unless they say no; else they have none unless they say so.</param>
    private void AddText(XElement? body, bool bullets)
    {
        var counts = new int[10];
        foreach (var paragraph in body.Children("p"))
        {
            var read = SlideText.Of(paragraph, _targets);
            var text = read.Text;
            if (text.Length == 0) continue;
            var properties = paragraph.Child("pPr");
            var level = Math.Clamp(properties.Number("lvl") ?? 0, 0, 8);
            var numbered = properties.Child("buAutoNum");
            var isItem = numbered is not null || properties.Child("buChar") is not null || properties.Child("buBlip") is not null || (bullets && properties.Child("buNone") is null);
            Array.Clear(counts, level + 1, counts.Length - level - 1);
            if (numbered is null) counts[level] = 0;
            else counts[level] = counts[level] == 0 ? numbered.Number("startAt") ?? 1 : counts[level] + 1;
            if (numbered is not null) text = SlideText.Label(numbered.Attr("type") ?? "", counts[level]) + " " + text;
            // What stands before the text is its number.
            var links = TextLinks.Shift(read.Links, text.Length - read.Text.Length);
            _blocks.Add(isItem
                ? new() { Kind = BlockKind.ListItem, Level = level + 1, Text = text, Page = page, Links = links }
                : new() { Kind = BlockKind.Paragraph, Text = text, Page = page, Links = links });
        }
    }

    private void AddTable(XElement table)
    {
        var linked = new List<LinkedText>();
        var rows = Rows(table, linked);
        _blocks.AddRange(LinkPlaces.Put([.. TableBlocks.Of(rows, XmlShortcuts.IsYes(table.Child("tblPr").Attr("firstRow")), page)], linked));
    }

    private List<IReadOnlyList<string>> Rows(XElement table, List<LinkedText> linked)
    {
        var grid = new List<IReadOnlyList<string>>();
        foreach (var row in table.Children("tr"))
        {
            var cells = new List<string>();
            foreach (var cell in row.Children("tc").Take(options.MaxColumns))
            {
                // Down, each row gets the words, or it could not be read alone; across, they stand once.
                if (XmlShortcuts.IsYes(cell.Attr("vMerge")))
                {
                    cells.Add(grid is [.., var above] && cells.Count < above.Count ? above[cells.Count] : "");
                    continue;
                }

                var read = LinkedText.Join(cell.Child("txBody").Children("p").Select(paragraph => SlideText.Of(paragraph, _targets)).Where(text => text.Text.Length > 0).Select(text => (text.Text, (IReadOnlyList<TextLink>?)text.Links)));
                linked.Add(read);
                cells.Add(read.Text);
            }

            grid.Add(cells);
        }

        return grid;
    }

    // The words of a diagram stand apart from its drawing.
    private void AddDiagram(XElement? data)
    {
        foreach (var point in data.Child("ptLst").Children("pt"))
        {
            if (point.Attr("type") is not (null or "node" or "asst")) continue;
            var text = string.Join(' ', point.Child("t").Children("p").Select(SlideText.Of).Where(t => t.Length > 0));
            if (text.Length > 0) _blocks.Add(new() { Kind = BlockKind.ListItem, Level = 1, Text = text, Page = page });
        }
    }
}
