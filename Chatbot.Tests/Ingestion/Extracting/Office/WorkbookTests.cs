using Chatbot.Core.Extractions;
using Xunit;
using static Chatbot.Tests.Ingestion.Extracting.Office.OfficePackages;

namespace Chatbot.Tests.Ingestion.Extracting.Office;

public sealed class WorkbookTests
{
    [Fact]
    public async Task Sheets_that_are_shown_are_headings_with_tables()
    {
        var read = await ReadAsync(Workbook("", "",
            ("Prices", "visible", Rows(["Price list of the town"], [], ["Service", "Fee"], ["Dog tag", "12 crowns"], ["Market stall", "30 crowns"])),
            ("Internal", "hidden", Rows(["Secret", "Number"], ["a", "1"])),
            ("Hours", "visible", Rows(["Day", "From"], ["Monday", "8:00"]))));

        Assert.Equal(
            [(BlockKind.Heading, "Prices"), (BlockKind.Paragraph, "Price list of the town"), (BlockKind.Table, "Service | Fee\nDog tag | 12 crowns\nMarket stall | 30 crowns"), (BlockKind.Heading, "Hours"), (BlockKind.Table, "Day | From\nMonday | 8:00")],
            read.Blocks.Select(b => (b.Kind, b.Text)));
        Assert.All(read.Blocks.Where(b => b.Kind == BlockKind.Table), b => Assert.True(b.HasHeader));
        Assert.Equal("price list", read.Title);
    }

    [Fact]
    public async Task Cells_say_what_is_shown()
    {
        const string Formats = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"#,##0.00\\ [$€-407]\"/><numFmt numFmtId=\"165\" formatCode=\"00000\"/><numFmt numFmtId=\"166\" formatCode=\"dd/mm/yyyy hh:mm\"/></numFmts>"
            + "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"10\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf numFmtId=\"20\"/></cellXfs>";
        var read = await ReadAsync(Workbook("<si><t>What</t></si><si><r><t>Val</t></r><r><t>ue</t></r><rPh><t>x</t></rPh></si>", Formats, ("Sheet1", "visible", """
            <cols><col min="3" max="3" hidden="1"/></cols><sheetData>
            <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="str"><v>hidden</v></c></row>
            <row r="2"><c r="A2" t="str"><v>sum</v></c><c r="B2"><f>0.1+0.2</f><v>0.30000000000000004</v></c><c r="C2"><v>5</v></c></row>
            <row r="3"><c r="A3" t="str"><v>date</v></c><c r="B3" s="1"><v>45352</v></c></row>
            <row r="4"><c r="A4" t="str"><v>share</v></c><c r="B4" s="2"><v>0.125</v></c></row>
            <row r="5"><c r="A5" t="str"><v>price</v></c><c r="B5" s="3"><v>1234.5</v></c></row>
            <row r="6"><c r="A6" t="str"><v>code</v></c><c r="B6" s="4"><v>1067</v></c></row>
            <row r="7"><c r="A7" t="str"><v>time</v></c><c r="B7" s="5"><v>45352.75</v></c></row>
            <row r="8"><c r="A8" t="str"><v>noon</v></c><c r="B8" s="6"><v>0.5</v></c></row>
            <row r="9" hidden="1"><c r="A9" t="str"><v>secret</v></c><c r="B9"><v>9</v></c></row>
            <row r="10"><c r="A10" t="str"><v>error</v></c><c r="B10" t="e"><v>#DIV/0!</v></c></row>
            </sheetData>
            """)));

        Assert.Equal(
            "What | Value\nsum | 0.3\ndate | 2024-03-01\nshare | 12.50%\nprice | 1234.50 €\ncode | 01067\ntime | 2024-03-01 18:00\nnoon | 12:00\nerror",
            Assert.Single(read.Blocks).Text);
    }

    [Fact]
    public async Task Words_of_merged_cells_stand_in_each_row()
    {
        var rows = Rows(["Day", "From", "To"], ["Monday", "8:00", "12:00"], ["", "14:00", "16:00"]);

        var read = await ReadAsync(Workbook("", "", ("Hours", "visible", rows + "<mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>")));

        Assert.Equal("Day | From | To\nMonday | 8:00 | 12:00\nMonday | 14:00 | 16:00", read.Blocks[1].Text);
    }

    [Fact]
    public async Task Questions_with_answers_are_known_by_their_header()
    {
        var read = await ReadAsync(Workbook("", "", ("FAQ", "visible", Rows(["Topic", "Question", "Answer"], ["Fees", "What is a dog tag?", "A tag for dogs."], ["", "Who pays?", ""]))));

        Assert.Equal("What is a dog tag?\nA tag for dogs.\nTopic: Fees", Assert.Single(read.Blocks, b => b.Kind == BlockKind.Faq).Text);
    }

    [Fact]
    public async Task Rows_and_columns_beyond_the_limits_are_left_out_and_the_document_says_so()
    {
        using var host = new ReadingHost(("Extracting:Office:MaxRows", "3"), ("Extracting:Office:MaxColumns", "2"));

        var read = await host.ReadAsync(Workbook("", "", ("Sheet1", "visible", Rows(["A", "B", "C"], ["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"]))), "list.xlsx");

        Assert.Equal("A | B\n1 | 2\n4 | 5", Assert.Single(read.Blocks).Text);
        Assert.Equal("Only the first 3 rows and 2 columns were read.", read.Note);
    }

    [Fact]
    public async Task One_long_text_in_many_cells_does_not_grow_without_end()
    {
        var cells = string.Concat(Enumerable.Range(1, 40).Select(r => $"<row r=\"{r}\">" + string.Concat(Enumerable.Repeat("<c t=\"s\"><v>0</v></c>", 50)) + "</row>"));
        using var host = new ReadingHost(("Extracting:Office:MaxMillionCharacters", "1"));

        var read = await host.ReadAsync(Workbook($"<si><t>{new string('x', 10_000)}</t></si>", "", ("Sheet1", "visible", $"<sheetData>{cells}</sheetData>")), "list.xlsx");

        Assert.True(read.Blocks.Sum(b => b.Text.Length) <= 1_000_000);
        Assert.Equal("Only the first 1 rows were read.", read.Note);
    }

    private static async Task<Extraction> ReadAsync(byte[] bytes)
    {
        using var host = new ReadingHost();
        return await host.ReadAsync(bytes, "https://town.example/files/price_list.xlsx");
    }
}
