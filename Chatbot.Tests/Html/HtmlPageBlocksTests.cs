using Chatbot.Core.Extractions;
using Xunit;

namespace Chatbot.Tests.Html;

public sealed class HtmlPageBlocksTests
{
    [Fact]
    public void Headings_have_their_level_and_the_fragment_that_lands_on_them()
    {
        var blocks = Pages.Blocks("<h2 id=hours>Opening <em>hours</em></h2><p>Mondays.</p><h3><a name=winter></a>Winter</h3><p>Never.</p>");

        Assert.Equal(
            [(BlockKind.Heading, 2, "Opening hours", "hours"), (BlockKind.Paragraph, 0, "Mondays.", "hours"), (BlockKind.Heading, 3, "Winter", "winter"), (BlockKind.Paragraph, 0, "Never.", "winter")],
            blocks.Select(b => (b.Kind, b.Level, b.Text, b.Anchor)));
    }

    [Fact]
    public void Words_are_not_glued_across_blocks_nor_torn_within_inline_elements() =>
        Assert.Equal(["one", "two three", "four"], Pages.Texts("<div>one<p>t<b>w</b>o <i>three</i></p>four</div>"));

    [Fact]
    public void A_line_break_is_one_and_blanks_collapse() =>
        Assert.Equal(["Town hall\nMarket Square 1\n12345 Lindenau"], Pages.Texts("<p>Town   hall <br>\n Market&nbsp;Square\t1<br/><br>12345 Lindenau</p>"));

    [Fact]
    public void Soft_hyphens_and_zero_width_characters_are_gone() =>
        Assert.Equal(["Donaudampfschifffahrt now"], Pages.Texts("<p>Donau&shy;dampf&#8203;schiff<wbr>fahrt &#xFEFF;now</p>"));

    [Fact]
    public void Digits_above_and_below_stay_apart_from_those_on_the_line() =>
        Assert.Equal(["H2O, 25 m2, 10^6 people"], Pages.Texts("<p>H<sub>2</sub>O, 25 m<sup>2</sup>, 10<sup>6</sup> people</p>"));

    [Fact]
    public void List_items_know_their_depth_and_ordered_ones_keep_their_number()
    {
        var blocks = Pages.Blocks("<ol start=3><li>three<ul><li>inner</ul><li value=7>seven<li>eight</ol><ol type=a><li>first</ol>");

        Assert.Equal([("3. three", 1), ("inner", 2), ("7. seven", 1), ("8. eight", 1), ("a. first", 1)], blocks.Select(b => (b.Text, b.Level)));
        Assert.All(blocks, b => Assert.Equal(BlockKind.ListItem, b.Kind));
    }

    [Fact]
    public void Definitions_stand_with_their_terms()
    {
        var blocks = Pages.Blocks("""
            <dl><dt>Bus<dt>Tram<dd>Line 3<div><dt>Car:<dd><p>Garage below the market.</p><p>It is free at night.</p></div>
            <dt>-v<dd><pre>verbose</pre><dt>alone</dl>
            """);

        Assert.Equal(["Bus, Tram: Line 3", "Car: Garage below the market.", "It is free at night.", "-v", "verbose", "alone"], blocks.Select(b => b.Text));
        Assert.Equal(BlockKind.Definition, blocks[0].Kind);
        Assert.Equal(BlockKind.Code, blocks[4].Kind);
    }

    [Fact]
    public void Tables_have_rows_with_cells()
    {
        var blocks = Pages.Blocks("""
            <table><caption>Hours</caption><thead><tr><th>Day<th>Morning<th>Afternoon</thead>
            <tr><th rowspan=2>Mon<br>day<td>8–12<td>13–16<tr><td colspan=2>closed <b>in</b> May</table>
            """);

        Assert.Equal((BlockKind.Caption, "Hours"), (blocks[0].Kind, blocks[0].Text));
        Assert.Equal(BlockKind.Table, blocks[1].Kind);
        Assert.True(blocks[1].HasHeader);
        Assert.Equal("Day | Morning | Afternoon\nMon day | 8–12 | 13–16\nMon day | closed in May", blocks[1].Text);
        Assert.Equal(["Mon day", "closed in May"], blocks[1].Rows![2]);
    }

    [Fact]
    public void A_table_that_only_arranges_the_page_is_none()
    {
        var kinds = Pages.Blocks($"<table><tr><td><h2>Left</h2><p>{Pages.Prose}</p><td><p>{Pages.Prose} Again.</p></table>").Select(b => b.Kind);

        Assert.Equal([BlockKind.Heading, BlockKind.Paragraph, BlockKind.Paragraph], kinds);
    }

    [Fact]
    public void Code_keeps_its_lines_and_indent()
    {
        var block = Assert.Single(Pages.Blocks("<pre>\n\n<span>if</span> (a)\n    <b>b</b>();  <br>end&nbsp;if\n\n</pre>"));

        Assert.Equal((BlockKind.Code, "if (a)\n    b();\nend if"), (block.Kind, block.Text));
    }

    [Fact]
    public void Quotes_captions_and_alternative_texts_are_blocks()
    {
        var blocks = Pages.Blocks("""
            <blockquote><p>Well said.</p></blockquote>
            <figure><img src=a alt="The old town hall in winter"><figcaption>The town hall</figcaption></figure>
            <p><img src=b alt="Plan of the ground floor with lifts"></p><img src=c alt=logo><img src=d alt="IMG 2031 final.jpg">
            """);

        Assert.Equal(
            [(BlockKind.Quote, "Well said."), (BlockKind.Caption, "The town hall"), (BlockKind.Caption, "Plan of the ground floor with lifts")],
            blocks.Select(b => (b.Kind, b.Text)));
    }

    [Fact]
    public void What_a_reader_can_open_is_kept_under_what_opens_it()
    {
        var blocks = Pages.Blocks("<h2>Questions</h2><details><summary>How much?</summary><p>Ten euros.</p></details><details><summary>When?</summary>Now.</details>");

        Assert.Equal([("Questions", 2), ("How much?", 3), ("Ten euros.", 0), ("When?", 3), ("Now.", 0)], blocks.Select(b => (b.Text, b.Level)));
    }

    [Fact]
    public void The_head_of_a_note_is_no_heading() =>
        Assert.All(Pages.Blocks("<div class=note><h3>Note</h3><p>Bring your passport.</p></div>"), b => Assert.Equal(BlockKind.Paragraph, b.Kind));
}
