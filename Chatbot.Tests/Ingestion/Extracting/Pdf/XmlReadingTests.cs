using System.Text;
using Chatbot.Core.Extractions;
using Chatbot.Ingestion.Extracting.Pdf;
using Xunit;

namespace Chatbot.Tests.Ingestion.Extracting.Pdf;

public sealed class XmlReadingTests
{
    [Fact]
    public async Task What_is_no_XML_in_the_output_does_no_harm()
    {
        const string output =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <pdf2xml producer="poppler" version="22.12.0">
            <page number="1" position="absolute" top="0" left="0" height="2525" width="1785">
            	<fontspec id="0" size="30" family="ABCDEF+LiberationMono" color="#000000"/>
            <text top="30" left="60" width="300" height="36" font="0"><b>Fees &amp; <a href="chatbot-0196a000-0000-7000-8000-000000000001.html#2">dues</a></b></text>
            </page>
             link to page 29  link to page 30 <page number="3" position="absolute" top="0" left="0" height="2525" width="1785">
            <text top="30" left="60" width="300" height="36" font="0">cut by a
            line break</text>
            <text top="90" left="60" width="300" height="36" font="0"><i>A &amp; B: </i><a href="https://town.example/?a=1&amp;b=2"><b>the &lt;form&gt;</b></a> or <a href="javascript:alert(1)">nothing</a></text>
            </page>
            <outline>
            <item page="1">Fees</item>
            <outline>
            <item page="3">Dues</item>
            </outline>
            </outline>
            </pdf2xml>
            """;

        var read = await XmlReading.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(output)), TestContext.Current.CancellationToken);

        Assert.Equal([(1, "Fees & dues"), (2, ""), (3, "cut by a line break A & B: the <form> or nothing")], read.Pages.Select(p => (p.Number, string.Join(' ', p.Runs.Select(r => r.Text)))));
        var (page, line) = Assert.Single(read.Links);
        Assert.Equal((3, "A & B: the <form> or nothing"), (page, line.Text));
        Assert.Equal(new TextLink(7, "the <form>".Length, "https://town.example/?a=1&b=2"), Assert.Single(line.Links));
        var run = Assert.Single(read.Pages[0].Runs);
        Assert.Equal((true, true, 10.0, 20.0), (run.Bold, run.Mono, run.Size, run.Left));
        Assert.Equal([("Fees", 1, 1), ("Dues", 2, 3)], read.Outline.Select(o => (o.Title, o.Level, o.Page)));
    }

    [Fact]
    public async Task Words_beside_a_link_that_stands_out_are_none_of_its_own()
    {
        static string Text(int font, string text) => $"<text top=\"30\" left=\"60\" width=\"300\" height=\"36\" font=\"{font}\">{text}</text>\n";
        static string Link(string text) => $"<a href=\"https://town.example/permit\">{text}</a>";
        var output = "<page number=\"1\" position=\"absolute\" top=\"0\" left=\"0\" height=\"2525\" width=\"1785\">\n"
            + Text(1, "Residents apply for a ") + Text(2, Link("permit of the")) + Text(2, Link("inner town")) + Text(1, Link(" online")) + Text(1, " and pay there.") + "</page>\n"
            + "<page number=\"2\" position=\"absolute\" top=\"0\" left=\"0\" height=\"2525\" width=\"1785\">\n" + Text(1, "Or by way of ") + Text(1, Link("the form")) + "</page>";

        var read = await XmlReading.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(output)), TestContext.Current.CancellationToken);

        Assert.Equal(["permit of the", "inner town", "the form"], read.Links.Select(link => link.Line.Text));
    }
}
