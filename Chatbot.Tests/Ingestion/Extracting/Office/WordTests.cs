using Chatbot.Core.Extractions;
using Xunit;
using static Chatbot.Tests.Ingestion.Extracting.Office.OfficePackages;

namespace Chatbot.Tests.Ingestion.Extracting.Office;

public sealed class WordTests
{
    private const string Styles = """
        <w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
        <w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="Amt"><w:name w:val="Amtstitel"/><w:basedOn w:val="berschrift2"/></w:style>
        <w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>
        <w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
        <w:style w:type="paragraph" w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
        """;

    private const string Numbering = """
        <w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>
        <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
        """;

    [Fact]
    public async Task Words_keep_their_links_behind_the_number_of_their_item()
    {
        const string Link = "<w:r><w:t xml:space=\"preserve\">Fill in </w:t></w:r><w:hyperlink r:id=\"link\"><w:r><w:t>the form</w:t></w:r></w:hyperlink><w:hyperlink w:anchor=\"below\"><w:r><w:t> below</w:t></w:r></w:hyperlink>";
        var read = await ReadAsync(Word(
            $"<w:p>{Link}</w:p><w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>{Link}</w:p>", numbering: Numbering, link: "https://town.example/form"));

        Assert.Equal(["Fill in the form below", "1. Fill in the form below"], read.Blocks.Select(b => b.Text));
        Assert.All(read.Blocks, b => Assert.Equal(("the form", "https://town.example/form"), (b.Text.Substring(b.Links![0].Start, b.Links[0].Length), Assert.Single(b.Links).Url)));
    }

    [Fact]
    public async Task Fields_show_their_words_with_their_links_and_never_their_codes()
    {
        static string Mark(string type) => $"<w:r><w:fldChar w:fldCharType=\"{type}\"/></w:r>";
        static string Code(string code) => $"<w:r><w:instrText xml:space=\"preserve\">{code}</w:instrText></w:r>";
        static string Text(string text) => $"<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>";
        static string Field(string code, string shown) => $"{Mark("begin")}{code}{Mark("separate")}{shown}{Mark("end")}";
        var read = await ReadAsync(Word(
            $"<w:p>{Text("Fill in ")}{Field(Code(" HYPERL") + Code("INK &quot;https://town.example/form&quot; \\l &quot;part2&quot; \\o &quot;Opens the form&quot; "), Text("the ") + Text("form"))}{Text(", see ")}{Field(Code("HYPERLINK \\l &quot;_Below&quot;"), Text("below"))}</w:p>"
            + $"<w:p>{Text("Page ")}{Field(Code("PAGE"), Text("7"))}{Text(" of ")}{Field(Code("HYPERLINK ") + Field(Code("MERGEFIELD at"), Text("https://town.example/list")), Text("the list"))}{Mark("begin")}{Code("XE &quot;index&quot;")}{Mark("end")}{Text(".")}</w:p>"
            + $"<w:p>{Field(Code("HYPERLINK &quot;javascript:alert(1)&quot;"), Text("Nothing"))}{Text(" and ")}<w:fldSimple w:instr=\" HYPERLINK fees.html \">{Text("the fees")}</w:fldSimple>{Text(" or ")}{Mark("begin")}{Code("HYPERLINK &quot;tel:+49 30 1234&quot;")}{Mark("separate")}{Text("a call")}</w:p>"), "https://town.example/papers/paper.docx");

        Assert.Equal(["Fill in the form, see below", "Page 7 of the list.", "Nothing and the fees or a call"], read.Blocks.Select(b => b.Text));
        Assert.Equal(
            [("the form", "https://town.example/form#part2"), ("the list", "https://town.example/list"), ("the fees", "https://town.example/papers/fees.html"), ("a call", "tel:+49301234")],
            read.Blocks.SelectMany(b => b.Links!.Select(link => (b.Text.Substring(link.Start, link.Length), link.Url))));
    }

    [Fact]
    public async Task Cells_of_tables_keep_their_links()
    {
        static string Row(string first, string second) => $"<w:tr><w:tc>{first}</w:tc><w:tc>{second}</w:tc></w:tr>";
        const string Link = "<w:p><w:r><w:t xml:space=\"preserve\">Fill  in </w:t></w:r><w:hyperlink r:id=\"link\"><w:r><w:t>the form</w:t></w:r></w:hyperlink></w:p>";
        var read = await ReadAsync(Word($"<w:tbl>{Row(Paragraph("Service"), Paragraph("How"))}{Row(Paragraph("Fill in the form"), Paragraph("Nothing"))}{Row(Paragraph("Dog tag"), Link)}</w:tbl>", link: "https://town.example/form"));

        var table = Assert.Single(read.Blocks);
        Assert.Equal("Service | How\nFill in the form | Nothing\nDog tag | Fill in the form", table.Text);
        var link = Assert.Single(table.Links!);
        Assert.Equal((table.Text.LastIndexOf("the form", StringComparison.Ordinal), "the form".Length, "https://town.example/form"), (link.Start, link.Length, link.Url));
    }

    [Fact]
    public async Task Headings_are_known_by_their_styles_in_any_language()
    {
        var read = await ReadAsync(Word(
            Paragraph("Satzung der Stadt", "<w:pStyle w:val=\"Titel\"/>") + Paragraph("Gebühren 3", "<w:pStyle w:val=\"Verzeichnis1\"/>")
            + Paragraph("Gebühren", "<w:pStyle w:val=\"berschrift1\"/>") + Paragraph("Die Gebühr für einen Ausweis beträgt zehn Euro und ist bei Abholung zu zahlen.")
            + Paragraph("Ausnahmen", "<w:pStyle w:val=\"Amt\"/>") + Paragraph("Anhang", "<w:outlineLvl w:val=\"2\"/>") + Paragraph("Kinder zahlen nichts."),
            Styles));

        Assert.Equal(
            ["1 Satzung der Stadt", "1 Gebühren", "2 Ausnahmen", "3 Anhang"],
            read.Blocks.Where(b => b.Kind == BlockKind.Heading).Select(b => $"{b.Level} {b.Text}"));
        Assert.DoesNotContain(read.Blocks, b => b.Text == "Gebühren 3");
        Assert.Equal(("Satzung der Stadt", "de", "Town hall"), (read.Title, read.Language, read.Author));
        Assert.Equal(new DateTimeOffset(2024, 3, 1, 12, 0, 0, TimeSpan.Zero), read.PublishedAt);
    }

    [Fact]
    public async Task Lists_and_headings_keep_the_numbers_that_are_printed()
    {
        static string Item(string text, int list, int level) => Paragraph(text, $"<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>");

        var read = await ReadAsync(Word(
            Item("Apply", 1, 0) + Item("by post", 1, 1) + Item("at the desk", 1, 1) + Item("Pay", 1, 0) + Item("in cash", 1, 1) + Item("Bring a photo", 2, 0),
            Styles, Numbering));

        Assert.Equal(["1. Apply", "1.a) by post", "1.b) at the desk", "2. Pay", "2.a) in cash", "Bring a photo"], read.Blocks.Select(b => b.Text));
        Assert.Equal([1, 2, 2, 1, 2, 1], read.Blocks.Select(b => b.Level));
        Assert.All(read.Blocks, b => Assert.Equal(BlockKind.ListItem, b.Kind));
    }

    [Fact]
    public async Task Tables_have_a_header_and_each_row_can_be_read_alone()
    {
        static string Cell(string text, string properties = "") => $"<w:tc><w:tcPr>{properties}</w:tcPr>{Paragraph(text)}</w:tc>";

        var read = await ReadAsync(Word($"""
            <w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{Cell("Day")}{Cell("From")}{Cell("To")}</w:tr>
            <w:tr>{Cell("Monday", "<w:vMerge w:val=\"restart\"/>")}{Cell("8:00")}{Cell("12:00")}</w:tr>
            <w:tr>{Cell("", "<w:vMerge/>")}{Cell("14:00")}{Cell("16:00")}</w:tr>
            <w:tr>{Cell("Sunday")}{Cell("closed", "<w:gridSpan w:val=\"2\"/>")}</w:tr></w:tbl>
            """));

        var table = Assert.Single(read.Blocks);
        Assert.Equal((BlockKind.Table, true), (table.Kind, table.HasHeader));
        Assert.Equal("Day | From | To\nMonday | 8:00 | 12:00\nMonday | 14:00 | 16:00\nSunday | closed", table.Text);
    }

    [Fact]
    public async Task What_nobody_sees_is_left_out_and_what_everybody_sees_is_kept()
    {
        var read = await ReadAsync(Word("""
            <w:p><w:r><w:t xml:space="preserve">The fee is </w:t></w:r><w:del w:id="1"><w:r><w:delText>five</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>ten</w:t></w:r></w:ins>
            <w:r><w:t xml:space="preserve"> crowns</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r><w:r><w:t xml:space="preserve">, see </w:t></w:r><w:hyperlink><w:r><w:t>our site</w:t></w:r></w:hyperlink>
            <w:commentRangeStart w:id="1"/><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:commentReference w:id="1"/></w:r>
            <w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t xml:space="preserve"> today</w:t></w:r></w:p>
            """, footnotes: "<w:footnote w:id=\"7\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>Free for children.</w:t></w:r></w:p></w:footnote>"));

        Assert.Equal(["The fee is ten crowns [1], see our site today", "[1] Free for children."], read.Blocks.Select(b => b.Text));
        Assert.Equal(BlockKind.Footnote, read.Blocks[1].Kind);
    }

    [Fact]
    public async Task Bold_lines_are_headings_where_there_are_no_others()
    {
        static string Bold(string text) => $"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p>";

        var read = await ReadAsync(Word(Bold("Opening hours") + Paragraph("Mondays from eight to four.") + Bold("Prices") + Paragraph("Ten crowns.")), "Town_guide.docx");

        Assert.Equal([BlockKind.Heading, BlockKind.Paragraph, BlockKind.Heading, BlockKind.Paragraph], read.Blocks.Select(b => b.Kind));
        Assert.Equal("Opening hours", read.Title);
    }

    [Fact]
    public async Task A_table_of_questions_becomes_questions()
    {
        static string Row(string first, string second) => $"<w:tr><w:tc>{Paragraph(first)}</w:tc><w:tc>{Paragraph(second)}</w:tc></w:tr>";

        var read = await ReadAsync(Word($"<w:tbl>{Row("Frage", "Antwort")}{Row("Was kostet ein Ausweis?", "Zehn Euro.")}</w:tbl>"));

        Assert.Equal((BlockKind.Faq, "Was kostet ein Ausweis?\nZehn Euro."), (read.Blocks[0].Kind, Assert.Single(read.Blocks).Text));
    }

    private static async Task<Extraction> ReadAsync(byte[] bytes, string name = "paper.docx")
    {
        using var host = new ReadingHost();
        return await host.ReadAsync(bytes, name);
    }
}
