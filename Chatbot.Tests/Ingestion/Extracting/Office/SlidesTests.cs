using Chatbot.Core.Extractions;
using Xunit;
using static Chatbot.Tests.Ingestion.Extracting.Office.OfficePackages;

namespace Chatbot.Tests.Ingestion.Extracting.Office;

public sealed class SlidesTests
{
    [Fact]
    public async Task Slides_have_titles_lists_tables_and_notes_on_their_page()
    {
        const string Table = """
            <p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="9" name="t"/></p:nvGraphicFramePr><a:graphic><a:graphicData><a:tbl><a:tblPr firstRow="1"/>
            <a:tr><a:tc><a:txBody><a:p><a:r><a:t>Service</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>Fee</a:t></a:r></a:p></a:txBody></a:tc></a:tr>
            <a:tr><a:tc><a:txBody><a:p><a:r><a:t>Dog tag</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>12</a:t></a:r></a:p></a:txBody></a:tc></a:tr>
            </a:tbl></a:graphicData></a:graphic></p:graphicFrame>
            """;
        var file = Slides(
            ("", Shape("body", "<a:p><a:r><a:t>Bring a photo</a:t></a:r></a:p><a:p><a:pPr lvl=\"1\"/><a:r><a:t>in colour</a:t></a:r></a:p>") + Shape("ctrTitle", "<a:p><a:r><a:t>How to apply</a:t></a:r></a:p>") + Shape("sldNum", "<a:p><a:fld><a:t>1</a:t></a:fld></a:p>"), Shape("body", "<a:p><a:r><a:t>Say hello first.</a:t></a:r></a:p>") + Shape("sldNum", "<a:p><a:r><a:t>1</a:t></a:r></a:p>")),
            ("show=\"0\"", Shape("title", "<a:p><a:r><a:t>Hidden</a:t></a:r></a:p>"), null),
            ("", Shape("title", "<a:p><a:r><a:t>Fees</a:t></a:r></a:p>") + $"<p:grpSp>{Shape(null, "<a:p><a:pPr><a:buAutoNum type=\"arabicPeriod\"/></a:pPr><a:r><a:t>Pay</a:t></a:r></a:p><a:p><a:pPr><a:buAutoNum type=\"arabicPeriod\"/></a:pPr><a:r><a:t>Go</a:t></a:r></a:p>")}</p:grpSp>" + Table, null));

        using var host = new ReadingHost();
        var read = await host.ReadAsync(file, "show.pptx");

        Assert.Equal(
            [
                (BlockKind.Heading, 1, "How to apply"), (BlockKind.ListItem, 1, "Bring a photo"), (BlockKind.ListItem, 1, "in colour"), (BlockKind.Paragraph, 1, "Say hello first."),
                (BlockKind.Heading, 3, "Fees"), (BlockKind.ListItem, 3, "1. Pay"), (BlockKind.ListItem, 3, "2. Go"), (BlockKind.Table, 3, "Service | Fee\nDog tag | 12"),
            ],
            read.Blocks.Select(b => (b.Kind, b.Page, b.Text)));
        Assert.Equal(("How to apply", 3), (read.Title, read.Pages));
    }

    [Fact]
    public async Task Words_keep_their_links()
    {
        const string Link = "<a:r><a:t>Fill in </a:t></a:r><a:r><a:rPr><a:hlinkClick r:id=\"link\"/></a:rPr><a:t>the </a:t></a:r><a:r><a:rPr b=\"1\"><a:hlinkClick r:id=\"link\"/></a:rPr><a:t>form</a:t></a:r>";
        const string Table = $"""
            <p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="9" name="t"/></p:nvGraphicFramePr><a:graphic><a:graphicData><a:tbl><a:tblPr firstRow="1"/>
            <a:tr><a:tc><a:txBody><a:p><a:r><a:t>Service</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>How</a:t></a:r></a:p></a:txBody></a:tc></a:tr>
            <a:tr><a:tc><a:txBody><a:p><a:r><a:t>Dog tag</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p>{Link}</a:p></a:txBody></a:tc></a:tr>
            </a:tbl></a:graphicData></a:graphic></p:graphicFrame>
            """;
        using var host = new ReadingHost();

        var read = await host.ReadAsync(Slides(("", Shape(null, $"<a:p><a:pPr><a:buAutoNum type=\"arabicPeriod\"/></a:pPr>{Link}</a:p>") + Table, null)), "show.pptx");

        Assert.Equal(["1. Fill in the form", "Service | How\nDog tag | Fill in the form"], read.Blocks.Select(b => b.Text));
        Assert.All(read.Blocks, b => Assert.Equal(("the form", "https://town.example/form"), (b.Text.Substring(b.Links![0].Start, b.Links[0].Length), Assert.Single(b.Links).Url)));
    }

    private static string Shape(string? place, string paragraphs) =>
        $"<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"x\"/><p:cNvSpPr/><p:nvPr>{(place is null ? "" : $"<p:ph type=\"{place}\"/>")}</p:nvPr></p:nvSpPr><p:txBody>{paragraphs}</p:txBody></p:sp>";
}
