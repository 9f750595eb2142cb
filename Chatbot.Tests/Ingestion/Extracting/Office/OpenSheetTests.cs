using Chatbot.Core.Extractions;
using Xunit;
using static Chatbot.Tests.Ingestion.Extracting.Office.OfficePackages;

namespace Chatbot.Tests.Ingestion.Extracting.Office;

public sealed class OpenSheetTests
{
    [Fact]
    public async Task Sheets_are_read_as_they_are_shown()
    {
        const string Styles = "<style:style style:name=\"ta2\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>";
        var sheets = $"""
            <table:table table:name="Pool"><table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>
            {Row(Cell("Prices of 2026"))}
            <table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
            <table:table-header-rows>{Row(Cell("Ticket"), Cell("Price"), Cell("internal"))}</table:table-header-rows>
            {Row(Cell("Adults", "table:number-rows-spanned=\"2\""), Cell("4,00 €", "office:value=\"4\""), Cell("x"))}
            {Row("<table:covered-table-cell/>", Cell("3,00 €<office:annotation><text:p>cheaper</text:p></office:annotation>"), Cell("y"))}
            <table:table-row table:visibility="filter">{Cell("Hidden")}{Cell("1")}</table:table-row>
            {Row(Cell("Children"), Cell("free"))}
            <table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table>
            <table:table table:name="Notes" table:style-name="ta2">{Row(Cell("secret"), Cell("1"))}</table:table>
            <table:table table:name="Sheet3"><table:shapes><table:table>{Row(Cell("drawn"))}</table:table></table:shapes>{Row(Cell("Frage"), Cell("Antwort"))}{Row(Cell("Wann?"), Cell("Um acht."))}</table:table>
            """;

        using var host = new ReadingHost();
        var read = await host.ReadAsync(OpenSheet(sheets, Styles), "prices.ods");

        Assert.Equal(
            [
                (BlockKind.Heading, "Pool"), (BlockKind.Paragraph, "Prices of 2026"),
                (BlockKind.Table, "Ticket | Price\nAdults | 4,00 €\nAdults | 3,00 €\nChildren | free"), (BlockKind.Faq, "Wann?\nUm acht."),
            ],
            read.Blocks.Select(b => (b.Kind, b.Text)));
        Assert.True(read.Blocks[2].HasHeader);
        Assert.Equal("Prices of the town", read.Title);
    }

    [Fact]
    public async Task A_sheet_that_claims_a_million_full_rows_costs_no_more_than_it_shows()
    {
        using var host = new ReadingHost(("Extracting:Office:MaxRows", "150"));
        var row = "<table:table-row table:number-rows-repeated=\"1000000\">" + Cell("again", "table:number-columns-repeated=\"16000\"") + "</table:table-row>";

        var read = await host.ReadAsync(OpenSheet($"<table:table table:name=\"A\">{row}{row}</table:table>"), "large.ods");

        Assert.Equal(150, Assert.Single(read.Blocks, b => b.Kind == BlockKind.Table).Rows!.Count);
        Assert.Contains("150 rows", read.Note, StringComparison.Ordinal);
    }

    private static string Row(params string[] cells) => $"<table:table-row>{string.Concat(cells)}</table:table-row>";

    private static string Cell(string text, string attributes = "") => $"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>";
}
