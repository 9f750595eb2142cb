using Chatbot.Core.Extractions;
using Chatbot.Html;
using Xunit;

namespace Chatbot.Tests.Html;

public sealed class HtmlPageContentTests
{
    private const string Prose = Pages.Prose;

    [Theory]
    [InlineData("<nav><a href=/x>chrome</a></nav>")]
    [InlineData("<header><a href=/>chrome</a></header>")]
    [InlineData("<footer>chrome <a href=/imprint>Imprint</a></footer>")]
    [InlineData("<div role=navigation><a href=/x>chrome</a></div>")]
    [InlineData("<div class='cookie-banner'>chrome: we use cookies</div>")]
    [InlineData("<ol class=breadcrumbs><li><a href=/>chrome</a></ol>")]
    [InlineData("<div id=shareBar><a href=//x.example>chrome</a></div>")]
    [InlineData("<div class=navfooter><a href=next.html>chrome</a></div>")]
    [InlineData("<aside><a href=/x>chrome</a></aside>")]
    [InlineData("<div hidden>chrome</div>")]
    [InlineData("<section><h2>Office</h2><div hidden>chrome</div></section>")]
    [InlineData("<div style='color: red; DISPLAY: none !important'>chrome</div>")]
    [InlineData("<template><p>chrome</p></template><noscript>chrome</noscript><script>chrome</script>")]
    [InlineData("<form><label for=q>chrome</label><input id=q><select><option>chrome</select><button>chrome</button></form>")]
    [InlineData("<span aria-hidden=true>chrome</span>")]
    public void What_is_no_content_is_left_out(string boilerplate) =>
        Assert.Equal([Prose], Pages.Texts($"{boilerplate}<div><h1>Office</h1><p>{Prose}</p></div>{boilerplate}").Where(t => t != "Office"));

    [Theory]
    [InlineData("<div class='menu'><h2>Lunch</h2><p>Soup of the day with bread, 5.90 euros, from Monday to Friday between noon and two, as long as there is some, and on Saturdays by arrangement with the cook, whose daughter knows best.</p></div>", "Lunch")]
    [InlineData("<aside class=note><p>Closed in May.</p></aside>", "Closed in May.")]
    [InlineData("<section class=contact-footer-less><address>Market Square 1</address></section>", "Market Square 1")]
    [InlineData("<code class=menu>open</code>", "open")]
    [InlineData("<div role=tabpanel hidden><p>Second tab</p></div>", "Second tab")]
    [InlineData("<a href='#when'>When?</a> <span>Ask us.</span><div id=when style='display:none'>On Mondays.</div>", "On Mondays.")]
    [InlineData("<h3><button aria-controls=x aria-expanded=false>Where?</button></h3><div hidden>In the hall.</div>", "In the hall.")]
    [InlineData("<div class=q>Who?</div><div class='faq-answer wide' style='display:none'><p>Everybody.</p></div>", "Everybody.")]
    [InlineData("<h3>Cost?</h3><div style='display:none'>Five euros.</div><h3>Children?</h3><div style='display:none'>Two euros.</div>", "Two euros.")]
    public void A_name_alone_does_not_lose_content(string content, string expected) =>
        Assert.Contains(expected, Pages.Texts($"<main><p>{Prose}</p>{content}</main>"));

    [Theory]
    [InlineData("open")]
    [InlineData("closed")]
    public void Shadow_trees_that_a_page_declares_are_read_in_place_with_their_slots_filled(string mode)
    {
        var page = Pages.Parse($"""
            <main><h1>Fees</h1><p>{Prose}</p><fee-card>
            <template shadowrootmode="{mode}"><style>p {"{ color: red }"}</style><h2>Dog licence</h2><p>costs <slot name=price>?</slot> a year</p><p><slot name=note>Pay in cash, <a href=/office>here</a>.</slot></p></template>
            <b slot=price>12 euros</b>not assigned anywhere</fee-card></main>
            """);

        Assert.Equal([Prose, "Dog licence", "costs 12 euros a year", "Pay in cash, here."], page.Extract().Blocks.Select(b => b.Text).Where(t => t != "Fees"));
        Assert.Equal("https://town.example/office", Assert.Single(page.Links).Url);
    }

    [Fact]
    public void A_wrapper_with_a_misleading_name_does_not_lose_the_page() =>
        Assert.Equal([Prose], Pages.Texts($"<div class='page has-sidebar cookie-ok'><p>{Prose}</p></div>"));

    [Fact]
    public void A_company_page_keeps_all_of_its_main_part() =>
        Assert.Equal(
            ["We repair bicycles.", "Hours", "Mon | 9–17\nTue | 9–18", "Phone: 030 1234", "See also prices"],
            Pages.Texts("""
                <nav><a href=/>Home</a></nav><main><h1>Workshop</h1><p>We repair bicycles.</p><h2>Hours</h2>
                <table><tr><td>Mon<td>9–17<tr><td>Tue<td>9–18</table><dl><dt>Phone<dd><a href="tel:0301234">030 1234</a></dl>
                <p class=seealso><a href=prices>See also prices</a></p></main><footer>© Workshop</footer>
                """).Where(t => t != "Workshop"));

    [Fact]
    public void An_article_is_only_its_text()
    {
        var page = Pages.Extract($"""
            <html lang=en-GB><head><title>Bridge opens | Town News</title><meta property=og:type content=article><meta property="article:published_time" content="2026-03-01T10:00:00+01:00">
            <meta name=author content="A. Writer"><meta name=description content="The  bridge is open."></head><body>
            <div class=top><a href=/>Town News</a> <a href=/sport>Sport</a></div>
            <div class=story><h1>Bridge opens</h1><div class=byline>By A. Writer</div><p>{Prose}</p><p><a href=/other>Read more: the story of the old bridge, told again</a></p>
            <p>{Prose} A second time.</p><div class=tags>Tags: bridge</div></div>
            <div class=more><div><h3><a href=/1>First other headline</a></h3><p>{Prose}</p></div><div><h3><a href=/2>Second other headline</a></h3><p>{Prose}</p></div>
            <div><h3><a href=/3>Third other headline</a></h3><p>{Prose}</p></div></div><div id=comments><p>{Prose} Says a reader.</p></div></body></html>
            """);

        Assert.Equal([Prose, $"{Prose} A second time."], page.Blocks.Select(b => b.Text));
        Assert.Equal(("Bridge opens", "en", "A. Writer", "The bridge is open."), (page.Title, page.Language, page.Author, page.Description));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero), page.PublishedAt);
    }

    [Fact]
    public void A_declared_question_the_page_does_not_show_is_added_once()
    {
        const string faq = """
            <script type="application/ld+json">{"@context":"https://schema.org","@type":"FAQPage","mainEntity":[
            {"@type":"Question","name":"Shown?","acceptedAnswer":{"@type":"Answer","text":"<p>Yes, it is.</p>"}},
            {"@type":"Question","name":"Hidden?","acceptedAnswer":{"@type":"Answer","text":"It &amp; its <b>answer</b>."}}]}</script>
            <script type="application/ld+json">{ broken </script>
            """;

        var blocks = Pages.Blocks($"{faq}<main><h2>Shown?</h2><p>Yes, it is.</p></main>");

        var added = Assert.Single(blocks, b => b.Kind == BlockKind.Faq);
        Assert.Equal("Hidden?\nIt & its answer.", added.Text);
    }

    [Theory]
    [InlineData("<title>Opening hours | Town</title><h1>Opening hours</h1>", "Opening hours")]
    [InlineData("<title>Opening hours - Town</title><meta property=og:site_name content=Town>", "Opening hours")]
    [InlineData("<title>COPY - copy data between a file and a table</title>", "COPY - copy data between a file and a table")]
    [InlineData("<title>9.2. Comparison Functions</title><h2>9.2. Comparison Functions</h2>", "9.2. Comparison Functions")]
    [InlineData("<title>T</title><meta property=og:title content='A  better title'>", "A better title")]
    [InlineData("<h1>Only a heading</h1>", "Only a heading")]
    [InlineData("<p>nothing</p>", null)]
    public void The_title_is_what_a_reader_would_call_the_page(string page, string? title) => Assert.Equal(title, Pages.Extract(page).Title);

    [Fact]
    public void The_title_is_not_repeated_as_a_block() =>
        Assert.Equal([Prose], Pages.Extract($"<title>Office | Town</title><main><h1>Office</h1><p>{Prose}</p></main>").Blocks.Select(b => b.Text));

    [Fact]
    public void A_language_is_detected_where_none_is_declared() =>
        Assert.Equal("de", Pages.Extract("<p>Das Bürgerbüro ist von Montag bis Freitag geöffnet, und wer einen Ausweis braucht, bringt bitte ein Foto mit.</p>").Language);

    [Fact]
    public void Markup_blanks_and_footers_do_not_change_the_content_hash()
    {
        var one = Pages.Extract($"<main><p>{Prose}</p></main><footer>Monday</footer>");
        var same = Pages.Extract($"<div class=x><main>\n<p><b>{Prose[..20]}</b>{Prose[20..].Replace(" ", "  ", StringComparison.Ordinal)}</p></main></div><footer>Tuesday</footer>");
        var other = Pages.Extract($"<main><p>{Prose}!</p></main>");

        Assert.Equal(HtmlPage.ContentHash(one), HtmlPage.ContentHash(same));
        Assert.NotEqual(HtmlPage.ContentHash(one), HtmlPage.ContentHash(other));
    }
}
