using Chatbot.Core.Extractions;
using Chatbot.Html;
using Xunit;

namespace Chatbot.Tests.Html;

public sealed class HtmlPageTextLinksTests
{
    [Fact]
    public void Words_keep_their_links_in_every_kind_of_block()
    {
        var links = Links("""
            <p>Fill in <a href="/forms/move.pdf"> the   <b>form</b> </a>, or <a href="mailto:office@town.example">write</a>.</p>
            <ol start=4><li>Then <a href="https://pay.example/now">pay</a></ol>
            <dl><dt>Bus<dd>Line <a href="bus.html">3</a></dl>
            <table><tr><th>Office<th>Call<tr><td><a href="one.html">Office one</a><td><a href="tel:+49123456">12 34</a></table>
            """);

        Assert.Equal(
            [
                ("the form", "https://town.example/forms/move.pdf"), ("write", "mailto:office@town.example"), ("pay", "https://pay.example/now"),
                ("3", "https://town.example/services/bus.html"), ("Office one", "https://town.example/services/one.html"), ("12 34", "tel:+49123456"),
            ],
            links);
    }

    [Fact]
    public void A_link_over_several_blocks_is_one_in_each() =>
        Assert.Equal([("one", "https://town.example/a"), ("two", "https://town.example/a")], Links("<a href=/a><p>one</p><div>two</div></a><p>three</p>"));

    [Fact]
    public void Scripts_are_no_links_and_their_words_stay()
    {
        var block = Assert.Single(Pages.Extract("<body><p>Read <a href=\"javascript:alert(1)\">this</a> and <a href='#below'>that</a>.").At(Pages.Url.ToString()).Blocks);

        Assert.Equal("Read this and that.", block.Text);
        Assert.Null(block.Links);
    }

    [Fact]
    public void What_was_read_once_leads_to_the_right_place_wherever_its_bytes_are_found()
    {
        var read = Pages.Extract("<body><p>See <a href=next.html>the next page</a>.");
        var based = Pages.Extract("<head><base href='//cdn.example/x/'></head><body><p>See <a href=next.html>the next page</a>.");

        Assert.Equal("https://one.example/a/next.html", Url(read.At("https://one.example/a/page.html")));
        Assert.Equal("https://two.example/next.html", Url(read.At("https://two.example/")));
        Assert.Equal("http://cdn.example/x/next.html", Url(based.At("http://two.example/")));
        Assert.All(read.At("page.html").Blocks, block => Assert.Null(block.Links));

        static string Url(Extraction extraction) => Assert.Single(extraction.Blocks[0].Links!).Url;
    }

    [Fact]
    public void A_link_that_leads_elsewhere_now_is_another_content_and_a_session_in_it_is_not()
    {
        Assert.NotEqual(Hash("/form-2025.pdf"), Hash("/form-2026.pdf"));
        Assert.Equal(Hash("/form.pdf?sid=1"), Hash("/form.pdf?sid=2"));

        static string Hash(string href) => HtmlPage.ContentHash(Pages.Extract($"<body><p>Get <a href='{href}'>the form</a> here."));
    }

    [Fact]
    public void Markdown_shows_links_and_no_words_break_out_of_them()
    {
        var extraction = Pages.Extract("<body><p>Read <a href='/a_(b).html'>the [old] rules</a>.<table><tr><th>A<th>B<tr><td>x<td><a href=/y>why</a></table>").At(Pages.Url.ToString());

        var markdown = extraction.ToMarkdown();

        Assert.Contains("Read [the \\[old\\] rules](<https://town.example/a_(b).html>).", markdown, StringComparison.Ordinal);
        Assert.Contains("| x | [why](<https://town.example/y>) |", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", extraction.ToPlainText(), StringComparison.Ordinal);
    }

    private static IEnumerable<(string Words, string Url)> Links(string body) =>
        Pages.Extract($"<html lang=en><body>{body}</body></html>").At(Pages.Url.ToString()).Blocks
            .SelectMany(block => (block.Links ?? []).Select(link => (block.Text.Substring(link.Start, link.Length), link.Url)));
}
