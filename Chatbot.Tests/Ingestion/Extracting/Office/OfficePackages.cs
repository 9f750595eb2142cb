using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;

namespace Chatbot.Tests.Ingestion.Extracting.Office;

/// <summary>Office files as a program writes them, around the XML of a test.</summary>
internal static class OfficePackages
{
    public const string W = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    private const string S = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    private const string P = "xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    private const string O = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\"";

    /// <param name="link">Where the relationship "link" leads.</param>
    /// <param name="picture">A PNG, by the relationship "picture".</param>
    public static byte[] Word(string body, string styles = "", string numbering = "", string footnotes = "", string? title = null, string? link = null, byte[]? picture = null)
    {
        using var stream = new MemoryStream();
        using (var file = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var main = file.AddMainDocumentPart();
            if (picture is not null)
            {
                using var content = new MemoryStream(picture);
                main.AddImagePart(ImagePartType.Png, "picture").FeedData(content);
            }

            if (link is not null) main.AddHyperlinkRelationship(new Uri(link), isExternal: true, "link");
            Feed(main, $"<w:document {W}><w:body>{body}</w:body></w:document>");
            Feed(main.AddNewPart<StyleDefinitionsPart>(), $"<w:styles {W}>{styles}</w:styles>");
            Feed(main.AddNewPart<NumberingDefinitionsPart>(), $"<w:numbering {W}>{numbering}</w:numbering>");
            Feed(main.AddNewPart<FootnotesPart>(), $"<w:footnotes {W}>{footnotes}</w:footnotes>");
            file.PackageProperties.Title = title;
            file.PackageProperties.Creator = "Town hall";
            file.PackageProperties.Modified = new DateTime(2024, 3, 1, 12, 0, 0, DateTimeKind.Utc);
        }

        return stream.ToArray();
    }

    /// <param name="sheets">Name, state ("visible", "hidden") and what stands in the <c>worksheet</c>.</param>
    public static byte[] Workbook(string strings, string styles, params (string Name, string State, string Content)[] sheets)
    {
        using var stream = new MemoryStream();
        using (var file = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var main = file.AddWorkbookPart();
            var list = "";
            foreach (var (name, state, content) in sheets)
            {
                var part = main.AddNewPart<WorksheetPart>();
                Feed(part, $"<worksheet {S}>{content}</worksheet>");
                list += $"<sheet name=\"{name}\" sheetId=\"1\" state=\"{state}\" r:id=\"{main.GetIdOfPart(part)}\"/>";
            }

            Feed(main, $"<workbook {S}><sheets>{list}</sheets></workbook>");
            Feed(main.AddNewPart<SharedStringTablePart>(), $"<sst {S}>{strings}</sst>");
            Feed(main.AddNewPart<WorkbookStylesPart>(), $"<styleSheet {S}>{styles}</styleSheet>");
        }

        return stream.ToArray();
    }

    /// <param name="slides">Attributes of the slide, shapes on it, and shapes of its notes.</param>
    public static byte[] Slides(params (string Attributes, string Shapes, string? Notes)[] slides)
    {
        using var stream = new MemoryStream();
        using (var file = PresentationDocument.Create(stream, PresentationDocumentType.Presentation))
        {
            var main = file.AddPresentationPart();
            var list = "";
            var id = 256;
            foreach (var (attributes, shapes, notes) in slides)
            {
                var part = main.AddNewPart<SlidePart>();
                part.AddHyperlinkRelationship(new Uri("https://town.example/form"), isExternal: true, "link");
                Feed(part, $"<p:sld {P} {attributes}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>");
                if (notes is not null) Feed(part.AddNewPart<NotesSlidePart>(), $"<p:notes {P}><p:cSld><p:spTree>{notes}</p:spTree></p:cSld></p:notes>");
                list += $"<p:sldId id=\"{id++}\" r:id=\"{main.GetIdOfPart(part)}\"/>";
            }

            Feed(main, $"<p:presentation {P}><p:sldIdLst>{list}</p:sldIdLst></p:presentation>");
            file.PackageProperties.Title = "PowerPoint-Präsentation";
        }

        return stream.ToArray();
    }

    public static byte[] OpenText(string body, string automatic = "", string meta = "", string manifest = "") => Zip(
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", $"<office:document-content {O}><office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"),
        ("styles.xml", $"<office:document-styles {O}><office:styles/></office:document-styles>"),
        ("meta.xml", $"<office:document-meta {O}><office:meta>{meta}</office:meta></office:document-meta>"),
        ("META-INF/manifest.xml", $"<m:manifest xmlns:m=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\">{manifest}</m:manifest>"));

    public static byte[] OpenSheet(string body, string automatic = "") => Zip(
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", $"<office:document-content {O}><office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"),
        ("meta.xml", $"<office:document-meta {O}><office:meta><dc:title>Prices of the town</dc:title></office:meta></office:document-meta>"));

    public static byte[] Zip(params (string Name, string Content)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var writer = new StreamWriter(archive.CreateEntry(name, CompressionLevel.Fastest).Open());
                writer.Write(content);
            }
        }

        return stream.ToArray();
    }

    public static string Paragraph(string text, string properties = "") => $"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>";

    /// <summary>A sheet's rows of texts that stand in the cells themselves.</summary>
    public static string Rows(params string[][] rows) => "<sheetData>" + string.Concat(rows.Select((row, r) =>
        $"<row r=\"{r + 1}\">" + string.Concat(row.Select((cell, c) => $"<c r=\"{(char)('A' + c)}{r + 1}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>")) + "</row>")) + "</sheetData>";

    private static void Feed(OpenXmlPart part, string xml)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(xml));
        part.FeedData(content);
    }
}
