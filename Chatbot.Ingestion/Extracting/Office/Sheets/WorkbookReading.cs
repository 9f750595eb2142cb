using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting.Office.Sheets;

/// <summary>Reads the sheets of a workbook that are shown. Not thread-safe.</summary>
internal sealed partial class WorkbookReading(ZipParts parts, OfficeOptions options, CancellationToken cancellationToken)
{
    private readonly CellLimits _limits = new(options);

    public Extraction Read(string name)
    {
        var main = parts.Relations("").Values.FirstOrDefault(relation => relation.Type == "officeDocument")?.Path ?? "xl/workbook.xml";
        var book = parts.Load(main) ?? throw new InvalidDataException("It has no workbook.");
        var relations = parts.Relations(main);
        string? Path(string type) => relations.Values.FirstOrDefault(relation => relation.Type == type)?.Path;
        var values = new CellValues(
            SharedStrings(Path("sharedStrings")),
            new CellFormats(parts.Load(Path("styles"))),
            XmlShortcuts.IsYes(book.Child("workbookPr").Attr("date1904")));

        var blocks = new List<Block>();
        foreach (var sheet in book.Child("sheets").Children("sheet"))
        {
            if (sheet.Attr("state") is "hidden" or "veryHidden" || _limits.IsFull) continue;
            // Sheets of charts and dialogs have no cells.
            if (!relations.TryGetValue(sheet.RelationAttr("id") ?? "", out var relation) || relation.Type != "worksheet") continue;
            using var reader = parts.Read(relation.Path);
            if (reader is null) continue;
            var areas = SheetAreas.ToBlocks(new SheetReading(values, _limits, cancellationToken).Read(reader));
            if (areas.Count == 0) continue;
            if (sheet.Attr("name") is { } title && !IsGivenName(title)) blocks.Add(new() { Kind = BlockKind.Heading, Level = 1, Text = title });
            blocks.AddRange(areas);
        }

        return CoreProperties.Read(parts).With(blocks, null, name) with { Note = _limits.Note };
    }

    private List<string> SharedStrings(string? path)
    {
        var strings = new List<string>();
        using var reader = parts.Read(path);
        if (reader is null) return strings;
        foreach (var item in BoundedXml.ChildrenOf(reader, "sst", cancellationToken)) strings.Add(RichText(item));
        return strings;
    }

    /// <summary>Text in pieces of different type; readings above the characters (<c>rPh</c>) are none of it.</summary>
    internal static string RichText(XElement item)
    {
        if (item.FirstNode is XElement { NextNode: null } only && only.Is("t")) return only.Value;
        var text = new StringBuilder();
        foreach (var part in item.Elements())
        {
            if (part.Is("t")) text.Append(part.Value);
            else if (part.Is("r")) text.Append(part.Child("t")?.Value);
        }

        return text.ToString();
    }

    // Names that the program gives say nothing.
    internal static bool IsGivenName(string sheet) => GivenName().IsMatch(sheet);

    [GeneratedRegex(@"^(?:Sheet|Tabelle|Feuille?|Hoja|Foglio|Blad|Ark|工作表)\s*\d*$", RegexOptions.IgnoreCase)]
    private static partial Regex GivenName();
}
