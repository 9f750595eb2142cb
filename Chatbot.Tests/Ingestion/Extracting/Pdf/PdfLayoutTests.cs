using Chatbot.Core.Extractions;
using Chatbot.Ingestion.Chunking;
using Xunit;

namespace Chatbot.Tests.Ingestion.Extracting.Pdf;

public sealed class PdfLayoutTests
{
    private static readonly string[] Harbour =
    [
        "The harbour museum opened again in spring after two years of work on the",
        "old customs house. Visitors enter through the gate at the quay, where a small",
        "office and a coffee shop share the hall in which goods were weighed.",
    ];

    private static readonly string[] LeftColumn = ["The archive holds ship plans", "and most of them were drawn", "before the war. Readers may", "order five plans a day from", "the staff of the room."];
    private static readonly string[] RightColumn = ["Copies are made by hand and", "cost four pounds for each of", "the sheets. Photographs for", "private study are free if no", "flash is used for them."];

    [Fact]
    public async Task Columns_are_read_one_after_the_other_below_a_title_over_both()
    {
        var pdf = new PdfDocument();
        pdf.Text(60, 60, "News from the harbour museum for all its friends and neighbours", 18);
        pdf.Lines(60, 100, LeftColumn);
        pdf.Lines(320, 100, RightColumn);

        var read = await ReadAsync(pdf);

        Assert.Equal(
            ["News from the harbour museum for all its friends and neighbours", string.Join(' ', LeftColumn), string.Join(' ', RightColumn)],
            read.Blocks.Select(b => b.Text));
    }

    [Fact]
    public async Task Links_that_are_relative_lead_on_from_where_the_file_came_from()
    {
        string[] lines = ["All fees of the year in a table", "The form of the harbour office", "What was fifty years ago", "Whatever a script would do here", "The plan of the piers of old"];
        var pdf = new PdfDocument();
        pdf.Lines(60, 100, lines);
        string[] addresses = ["fees/2026.html?at=9:30", "/forms/a b.pdf", "//archive.example/50", "javascript:alert(1)", "piers.pdf#page=2"];
        for (var i = 0; i < lines.Length; i++) pdf.Link(60, 91 + (12.5 * i), 300, 10, addresses[i]);

        var crawled = await ReadAsync(pdf, "https://town.example/guide/harbour.pdf");
        var uploaded = await ReadAsync(pdf);

        Assert.Equal(
            ["https://town.example/guide/fees/2026.html?at=9:30", "https://town.example/forms/a%20b.pdf", "https://archive.example/50", "https://town.example/guide/piers.pdf#page=2"],
            crawled.Blocks.SelectMany(block => block.Links ?? []).Select(link => link.Url));
        Assert.All(uploaded.Blocks, block => Assert.Null(block.Links));
    }

    [Fact]
    public async Task Words_keep_their_links_where_their_line_becomes_a_part_of_a_paragraph()
    {
        var pdf = new PdfDocument();
        pdf.Lines(60, 100, [.. Harbour, "Whoever comes by train looks up its times at https://trains.example/quay first,"]);
        pdf.Text(60, 150, "and finds all about tickets on ").Text(200, 150, "the page of the museum").Text(306, 150, ", or asks.");
        pdf.Link(60, 128, 400, 11, "https://trains.example/quay").Link(200, 141, 104, 11, "https://museum.example/tickets").Link(60, 90, 50, 11, "javascript:alert(1)");

        var read = await ReadAsync(pdf);

        var text = Assert.Single(read.Blocks);
        Assert.Equal(
            [("https://trains.example/quay", "https://trains.example/quay"), ("the page of the museum", "https://museum.example/tickets")],
            text.Links!.Select(link => (text.Text.Substring(link.Start, link.Length), link.Url)));
    }

    [Fact]
    public async Task A_box_beside_the_text_comes_after_it_whatever_order_both_were_drawn_in()
    {
        var pdf = new PdfDocument();
        for (var i = 0; i < 5; i++) pdf.Text(320, 104 + (i * 11), RightColumn[i], 8).Text(60, 100 + (i * 13), LeftColumn[i]);

        var read = await ReadAsync(pdf);

        Assert.Equal([string.Join(' ', LeftColumn), string.Join(' ', RightColumn)], read.Blocks.Select(b => b.Text));
    }

    [Fact]
    public async Task Headers_footers_and_page_numbers_are_left_out_and_a_paragraph_goes_on_over_pages()
    {
        var pdf = new PdfDocument();
        for (var page = 1; page <= 4; page++)
        {
            pdf.Text(60, 40, "Handbook of the town works", 8).Text(450, 40, page < 4 ? "Part 1" : "", 8).Text(280, 815, $"Page {page} of 4", 8);
            pdf.Lines(60, 150, [$"end on page {page} but on the next one, where nothing else was to be said of it.", $"Chapter {page} tells of pipes, of valves and of meters, of taps and of drains, and does not"]);
            pdf.Page();
        }

        var read = await ReadAsync(pdf);

        Assert.DoesNotContain(read.Blocks, b => b.Text.Contains("Handbook", StringComparison.Ordinal) || b.Text.Contains("of 4", StringComparison.Ordinal) || b.Text.Contains("Part 1", StringComparison.Ordinal));
        Assert.Contains(read.Blocks, b => b is { Page: 2 } && b.Text == "Chapter 2 tells of pipes, of valves and of meters, of taps and of drains, and does not end on page 3 but on the next one, where nothing else was to be said of it.");
        Assert.Equal(4, read.Pages);
    }

    [Fact]
    public async Task Numbers_of_pages_in_roman_and_then_in_arabic_figures_are_left_out()
    {
        var pdf = new PdfDocument();
        foreach (var number in new[] { "i", "ii", "iii", "iv", "1 / 5", "2 / 5", "3 / 5", "4 / 5", "5 / 5" })
        {
            pdf.Text(520, 40, number, 10);
            pdf.Lines(60, 150, [$"On page {number} this is said:", .. Harbour], 9);
                        pdf.Page();
        }

        var read = await ReadAsync(pdf);

        Assert.All(read.Blocks, b => Assert.Matches("^(The harbour museum|On page)", b.Text));
    }

    [Fact]
    public async Task Rows_at_the_edges_of_pages_are_no_page_numbers()
    {
        var pdf = new PdfDocument();
        for (var page = 0; page < 3; page++)
        {
            for (var row = 0; row < 50; row++) pdf.Text(60, 50 + (row * 15), $"C-{(page * 977 + row * 613) % 1000:000}").Text(200, 50 + (row * 15), "Valve, large").Text(420, 50 + (row * 15), $"{(page * 31 + row * 7) % 90} pieces");
            pdf.Page();
        }

        var read = await ReadAsync(pdf);

        Assert.Equal(150, read.Blocks.Sum(b => b.Rows?.Count(r => r.Count == 3 && r[1] == "Valve, large") ?? 0));
    }

    [Fact]
    public async Task Headings_are_found_by_the_size_of_their_type_and_by_bold_type()
    {
        var pdf = new PdfDocument();
        pdf.Text(60, 60, "Fees of the town", 20);
        pdf.Text(60, 100, "Water", 14);
        pdf.Lines(60, 125, Harbour);
        pdf.Text(60, 200, "Discounts", bold: true);
        pdf.Lines(60, 220, Harbour);

        var read = await ReadAsync(pdf);

        Assert.Equal(
            [(1, "Fees of the town"), (2, "Water"), (3, "Discounts")],
            read.Blocks.Where(b => b.Kind == BlockKind.Heading).Select(b => (b.Level, b.Text)));
        Assert.Equal("Fees of the town", read.Title);
    }

    [Fact]
    public async Task A_table_keeps_its_rows_with_cells_of_several_lines()
    {
        var pdf = new PdfDocument();
        pdf.Lines(60, 60, Harbour);
        Row(130, "Tariff", "Runtime", "Cents", bold: true);
        Row(150, "Basic", "none", "31.20");
        Row(170, "Nature, from water and", "12 months", "32.05");
        pdf.Text(60, 182, "wind of the region");
        Row(202, "Heat", "24 months", "24.70");
        pdf.Lines(60, 250, Harbour);

        var read = await ReadAsync(pdf);

        var table = Assert.Single(read.Blocks, b => b.Kind == BlockKind.Table);
        Assert.True(table.HasHeader);
        Assert.Equal("Tariff | Runtime | Cents\nBasic | none | 31.20\nNature, from water and wind of the region | 12 months | 32.05\nHeat | 24 months | 24.70", table.Text);
        Assert.Equal(3, read.Blocks.Count);

        void Row(double top, string first, string second, string third, bool bold = false) =>
            pdf.Text(60, top, first, bold: bold).Text(220, top, second, bold: bold).Text(400, top, third, bold: bold);
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, null)]
    [InlineData(true, "Table 1 (continued)")]
    public async Task A_table_over_pages_is_one_with_its_header_once_and_knows_where_each_page_begins(bool repeatsHeader, string? note)
    {
        var pdf = new PdfDocument();
        for (var page = 0; page < 4; page++)
        {
            var top = 60.0;
            pdf.Text(60, 30, "Town of Lindenau").Text(500, 30, $"Page {page + 1}");
            if (page > 0 && note is not null) pdf.Text(60, top += 20, note);
            if (page == 0 || repeatsHeader) Row(top += 16, "Street", "Collected on", "Cents", bold: true);
            for (var row = 0; row < 40; row++) Row(top += 16, $"Street {(char)('a' + page)}{(char)('a' + row % 26)}{row}", row % 2 == 0 ? "Monday" : "Friday", $"{page}{row}.20");
            if (page < 3) pdf.Page();
        }

        var read = await ReadAsync(pdf);

        var table = Assert.Single(read.Blocks);
        Assert.Equal(BlockKind.Table, table.Kind);
        Assert.True(table.HasHeader);
        Assert.Equal(161, table.Rows!.Count);
        Assert.Equal(["Street", "Collected on", "Cents"], table.Rows[0]);
        Assert.DoesNotContain(table.Rows.Skip(1), row => row[0] == "Street");
        Assert.Equal([41, 81, 121], table.PageRows!);
        var chunks = Chunker.Cut(new("doc", 1, "https://town.example/waste.pdf", null, "en"), read, new());
        Assert.All(chunks, chunk => Assert.StartsWith("Street | Collected on | Cents\n", chunk.Text, StringComparison.Ordinal));
        Assert.Equal([1, 2, 3, 4], chunks.Select(chunk => chunk.Page).Distinct());
        Assert.All(chunks, chunk => Assert.StartsWith($"Street {(char)('a' + chunk.Page - 1)}", chunk.Text.Split('\n')[1], StringComparison.Ordinal));

        void Row(double top, string first, string second, string third, bool bold = false) =>
            pdf.Text(60, top, first, bold: bold).Text(220, top, second, bold: bold).Text(400, top, third, bold: bold);
    }

    [Fact]
    public async Task Two_tables_that_follow_each_other_over_a_page_stay_two()
    {
        var pdf = new PdfDocument();
        pdf.Lines(60, 60, Harbour);
        Rows(600, ("Street", "Day"), ("Elm Street", "Monday"), ("Oak Street", "Friday"));
        pdf.Page();
        Rows(60, ("Ticket", "Price"), ("Adults", "4 euros"), ("Children", "free"));
        pdf.Lines(60, 300, Harbour);

        var read = await ReadAsync(pdf);

        Assert.Equal(["Street | Day\nElm Street | Monday\nOak Street | Friday", "Ticket | Price\nAdults | 4 euros\nChildren | free"], read.Blocks.Where(b => b.Kind == BlockKind.Table).Select(b => b.Text));

        void Rows(double top, params ReadOnlySpan<(string First, string Second)> rows)
        {
            for (var i = 0; i < rows.Length; i++) pdf.Text(60, top + (16 * i), rows[i].First, bold: i == 0).Text(300, top + (16 * i), rows[i].Second, bold: i == 0);
        }
    }

    [Fact]
    public async Task Items_of_lists_know_their_nesting()
    {
        var pdf = new PdfDocument();
        pdf.Text(60, 60, "\u0095").Text(75, 60, "The water is hard, and nobody needs to boil it before it is drunk by children").Text(75, 72, "or by guests of the house.");
        pdf.Text(85, 90, "-").Text(97, 90, "Soap is dosed as the packet says.");
        pdf.Text(60, 108, "\u0095").Text(75, 108, "The meter is read in May.");

        var read = await ReadAsync(pdf);

        Assert.Equal(
            [
                (BlockKind.ListItem, 1, "The water is hard, and nobody needs to boil it before it is drunk by children or by guests of the house."),
                (BlockKind.ListItem, 2, "Soap is dosed as the packet says."),
                (BlockKind.ListItem, 1, "The meter is read in May."),
            ],
            read.Blocks.Select(b => (b.Kind, b.Level, b.Text)));
    }

    [Fact]
    public async Task Footnotes_stand_behind_the_text_of_their_page()
    {
        var pdf = new PdfDocument();
        pdf.Lines(60, 60, Harbour);
        pdf.Text(60, 780, "1 Only on days without a storm.", 8).Text(60, 791, "2 Not for groups.", 8);
        pdf.Page();
        pdf.Lines(60, 75, RightColumn);

        var read = await ReadAsync(pdf);

        Assert.Equal(
            [(BlockKind.Paragraph, 1), (BlockKind.Footnote, 1), (BlockKind.Footnote, 1), (BlockKind.Paragraph, 2)],
            read.Blocks.Select(b => (b.Kind, b.Page)));
    }

    [Theory]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public async Task Text_that_stands_sideways_or_on_its_head_is_read_line_by_line(int turned)
    {
        var pdf = new PdfDocument();
        for (var i = 0; i < 3; i++)
        {
            var (left, top) = turned switch { 90 => (100 + (i * 13), 700), 180 => (500, 700 - (i * 13)), _ => (500 - (i * 13), 100) };
            pdf.Text(left, top, Harbour[i], turned: turned);
        }

        var read = await ReadAsync(pdf);

        Assert.Equal(string.Join(' ', Harbour), Assert.Single(read.Blocks).Text);
    }

    [Fact]
    public async Task A_page_that_is_turned_is_read_like_any_other()
    {
        var pdf = new PdfDocument();
        for (var i = 0; i < 3; i++) pdf.Text(100 + (i * 13), 700, Harbour[i], turned: 90);
        pdf.Page(rotate: 90);

        var read = await ReadAsync(pdf);

        Assert.Equal(string.Join(' ', Harbour), Assert.Single(read.Blocks).Text);
    }

    [Fact]
    public async Task Words_that_are_placed_one_by_one_in_any_order_are_put_in_order()
    {
        var pdf = new PdfDocument();
        for (var line = 2; line >= 0; line--)
        {
            var words = Harbour[line].Split(' ');
            var lefts = words.Select((_, i) => 60 + (words.Take(i).Sum(w => w.Length + 1) * 6)).ToList();
            for (var i = words.Length - 1; i >= 0; i--) pdf.Text(lefts[i], 100 + (line * 13), words[i], typewriter: true);
        }

        var read = await ReadAsync(pdf);

        Assert.Equal(string.Join(' ', Harbour), Assert.Single(read.Blocks).Text);
    }

    [Fact]
    public async Task Entries_of_a_table_of_contents_lose_their_dots()
    {
        var pdf = new PdfDocument();
        pdf.Text(60, 60, "1 Water . . . . . . . . . . . . . . . . . . . . . . . 3").Text(60, 73, "2 Gas ....................................... 12");

        var read = await ReadAsync(pdf);

        Assert.Equal(["1 Water 3", "2 Gas 12"], read.Blocks.Select(b => b.Text));
    }

    private static async Task<Extraction> ReadAsync(PdfDocument pdf, string name = "paper.pdf")
    {
        using var host = new ReadingHost();
        return await host.ReadAsync(pdf.ToBytes(), name);
    }
}
