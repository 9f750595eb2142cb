using Chatbot.Backends.Frames;
using Chatbot.Core.Extractions;
using Chatbot.Ingestion.Framing;
using Xunit;

namespace Chatbot.Tests.Ingestion.Framing;

public sealed class FrameFilterTests
{
    private static readonly Block[] Menu = [Text("Home"), Text("Citizens' services"), Text("Building and living"), Text("Culture and leisure")];

    private static readonly Block[] Banner = [Heading("Stay informed", 2), Text("Subscribe to our weekly letter and never miss what the town council decides.")];

    [Fact]
    public void A_menu_and_a_banner_on_all_pages_go_and_the_pages_own_text_stays()
    {
        Block[][] pages = [.. Enumerable.Range(0, 10).Select(i => (Block[])[.. Menu, Text($"Page {i} has something of its own to say."), .. Banner])];

        var left = Frame(pages);

        Assert.All(left, (blocks, i) => Assert.Equal([$"Page {i} has something of its own to say."], blocks.Select(b => b.Text)));
    }

    [Fact]
    public void A_reference_loses_neither_its_headings_nor_what_is_short_below_them()
    {
        Block[][] pages = [.. Enumerable.Range(0, 20).Select(i => (Block[])
        [
            Heading("Name", 2), Text($"f{i} – does the thing number {i}"), Heading("Synopsis", 2), Code($"f{i}(a, b)"), Heading("Parameters", 2), Text("None."),
            Heading("Returns", 2), Text($"The number {i}."), Heading("Notes", 2), Text("This function may be called by every role that can connect to the database and needs no other right."),
            Heading("Examples", 2), Code($"SELECT f{i}();"), Heading("Errors", 2), Text("None."),
        ])];

        var left = Frame(pages);

        Assert.All(left, (blocks, i) => Assert.Equal(pages[i], blocks));
    }

    [Fact]
    public void What_a_third_of_the_pages_share_is_no_frame()
    {
        Block[][] pages = [.. Enumerable.Range(0, 12).Select(i => (Block[])[Text($"Own text {i}."), .. i % 3 == 0 ? Banner : [Text($"Other end {i}.")]])];

        Assert.Equal(pages.Select(p => p.Length), Frame(pages).Select(p => p.Count));
    }

    [Fact]
    public void Few_pages_teach_nothing()
    {
        Block[][] pages = [.. Enumerable.Range(0, 7).Select(i => (Block[])[.. Menu, Text($"Own text {i}."), .. Banner])];

        Assert.Equal(pages, Frame(pages));
    }

    [Fact]
    public void A_page_that_is_nothing_but_frame_stays_as_it_is()
    {
        Block[][] pages = [.. Enumerable.Range(0, 12).Select(i => (Block[])[.. i == 0 ? [] : (Block[])[Text($"Own text {i}.")], .. Banner, .. Menu])];

        var left = Frame(pages);

        Assert.Equal(pages[0], left[0]);
        Assert.Single(left[1]);
    }

    [Fact]
    public void A_page_that_stands_below_a_heading_of_its_own_keeps_what_others_have_too()
    {
        Block[][] pages = [.. Enumerable.Range(0, 12).Select(i => (Block[])[Text($"Own text {i}."), Heading($"Delivery of product {i}", 2), .. Menu])];

        Assert.Equal(pages.Select(p => p.Length), Frame(pages).Select(p => p.Count));
    }

    [Fact]
    public void Two_languages_have_a_frame_each()
    {
        Block[][] pages = [.. Enumerable.Range(0, 20).Select(i => (Block[])[Text($"Own text {i}."), Text(i % 2 == 0 ? Banner[1].Text : "Abonnieren Sie unseren wöchentlichen Brief, und Sie verpassen nichts mehr von dem, was der Rat beschließt.")])];

        var left = Frame(pages, i => i % 2 == 0 ? "en" : "de");

        Assert.All(left, blocks => Assert.Single(blocks));
    }

    [Fact]
    public void The_order_of_the_pages_makes_no_difference()
    {
        PageFrame[] pages = [.. Enumerable.Range(0, 30).Select(i => Page([.. Menu, Text($"Own text {i}."), .. i % 4 == 0 ? [] : Banner], i, "en"))];

        var one = SiteFrame.Learn(pages);
        var other = SiteFrame.Learn(pages.Reverse());

        Assert.NotEmpty(one.ToString());
        Assert.Equal(one.ToString(), other.ToString());
        Assert.Equal(one.ToString(), SiteFrame.Parse(one.ToString()).ToString());
        Assert.Equal(one.NameFor("en", pages[3].Hashes), SiteFrame.Parse(one.ToString()).NameFor("en", pages[3].Hashes));
        Assert.NotEqual(0, one.NameFor("en", pages[3].Hashes));
    }

    private static List<IReadOnlyList<Block>> Frame(Block[][] pages, Func<int, string>? language = null)
    {
        language ??= _ => "en";
        var frame = SiteFrame.Learn(pages.Select((page, i) => Page(page, i, language(i))));
        return [.. pages.Select((page, i) => FrameFilter.Apply(page, frame, language(i)))];
    }

    private static PageFrame Page(IReadOnlyList<Block> blocks, int number, string language) => new($"page{number}", "site", language, BlockHash.OfPage(blocks), 0);

    private static Block Text(string text) => new() { Kind = BlockKind.Paragraph, Text = text };

    private static Block Heading(string text, int level) => new() { Kind = BlockKind.Heading, Text = text, Level = level };

    private static Block Code(string text) => new() { Kind = BlockKind.Code, Text = text };
}
