using System.Text;
using Chatbot.Html;
using Xunit;

namespace Chatbot.Tests.Html;

public sealed class HtmlPageBoundsTests
{
    private const int Million = 1_000_000;

    [Theory]
    [InlineData("<div>")]
    [InlineData("<b>")]
    [InlineData("<ul><li>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<a href=x><div>")]
    [InlineData("<p><font size=1>")]
    [InlineData("<b><div></b>")]
    [InlineData("<svg><g>")]
    [InlineData("<x-y>")]
    [InlineData("<select><optgroup>")]
    [InlineData("<button><object>")]
    [InlineData("<template>")]
    [InlineData("<x-y><template shadowrootmode=open><slot>")]
    public void A_million_nested_tags_end_no_process_and_lose_no_text(string tag)
    {
        var page = Pages.Parse($"<p>{Pages.Prose}</p>" + Pages.Repeat(tag, Million / tag.Count(c => c == '<')));

        Assert.Contains(Pages.Prose, page.Extract().ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_below_the_deepest_level_is_kept() =>
        Assert.Contains("the deepest words", Pages.Extract(Pages.Repeat("<div>", 5_000) + "<p>the deepest words</p>").ToPlainText(), StringComparison.Ordinal);

    [Fact]
    public void Formatting_that_multiplies_is_bounded()
    {
        var fonts = string.Concat(Enumerable.Range(0, 500).Select(i => $"<font size={i}>"));

        Assert.NotEmpty(Pages.Extract(fonts + Pages.Repeat("<p>text", 100_000)).Blocks);
    }

    [Fact]
    public void A_table_of_ten_thousand_columns_is_read()
    {
        var blocks = Pages.Blocks("<table><tr>" + Pages.Repeat("<th>h", 10_000) + "<tr>" + Pages.Repeat("<td>c", 10_000) + "</table>");

        Assert.Equal(10_000, Assert.Single(blocks).Rows![1].Count);
    }

    [Fact]
    public void Spans_cannot_multiply_without_end() =>
        Assert.NotNull(Pages.Blocks("<table>" + Pages.Repeat("<tr>" + Pages.Repeat("<td rowspan=60000 colspan=60000>x", 200), 100) + "</table>"));

    [Fact]
    public void A_tag_of_a_hundred_thousand_attributes_is_read()
    {
        var attributes = string.Concat(Enumerable.Range(0, 100_000).Select(i => $" a{i}=1"));

        Assert.Equal(["words"], Pages.Texts($"<p{attributes}>words</p>"));
    }

    [Fact]
    public void A_page_of_five_megabytes_is_read_whole()
    {
        var page = Pages.Extract("<main>" + Pages.Repeat($"<p>{Pages.Prose}</p>", 40_000) + "<p>The last words.</p></main>");

        Assert.Equal("The last words.", page.Blocks[^1].Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("<")]
    [InlineData("<!--")]
    [InlineData("<script>")]
    [InlineData("<a href=\"")]
    [InlineData("</p></div></body>")]
    public void A_page_of_next_to_nothing_is_empty(string html) => Assert.DoesNotContain(Pages.Extract(html).Blocks, b => b.Text.Length > 1);

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        var noise = new byte[10_000];
        new Random(1).NextBytes(noise);

        Assert.Throws<NotHtmlException>(() => Parse(noise));
        Assert.Throws<NotHtmlException>(() => Parse([.. "%PDF-1.7\n"u8]));
        Assert.Throws<NotHtmlException>(() => Parse([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]));
        Assert.Throws<NotHtmlException>(() => Parse([0x1F, 0x8B, 8, 0, 0, 0, 0, 0]));
    }

    [Fact]
    public void A_stray_null_does_not_make_a_page_binary() =>
        Assert.Contains("words", Pages.Extract("<p>words\0 and more words, enough of them to make the one before count for little</p>").ToPlainText(), StringComparison.Ordinal);

    [Fact]
    public void Broken_pages_end_with_a_text_or_a_refusal()
    {
        var random = new Random(7);
        var whole = Encoding.UTF8.GetBytes($"<html><body><main><h1>T</h1><table><tr><td>1<td>2</table><p>{Pages.Prose}</p><ul><li>a<li>b</ul></main></body></html>");
        for (var i = 0; i < 300; i++)
        {
            var broken = whole[..random.Next(whole.Length)];
            for (var flips = random.Next(20); flips > 0 && broken.Length > 0; flips--) broken[random.Next(broken.Length)] = (byte)random.Next(256);

            try
            {
                Assert.NotNull(Parse(broken).Extract());
            }
            catch (NotHtmlException refusal)
            {
                Assert.NotEmpty(refusal.Message);
            }
        }
    }

    private static HtmlPage Parse(byte[] body) => HtmlPage.Parse(body, null, Pages.Url, TestContext.Current.CancellationToken);
}
