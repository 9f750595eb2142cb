using Chatbot.Crawler;
using Chatbot.Crawler.Fetching;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Chatbot.Tests.Crawler.Runs;

public sealed class LinkHeaderTests : CrawlTests
{
    [Theory]
    [InlineData("<https://town.example/a>; rel=\"canonical\"", "https://town.example/a", "")]
    [InlineData("</a>;rel=canonical, </de/a>; hreflang=de; rel=alternate", "https://town.example/a", "https://town.example/de/a")]
    [InlineData("<a,b>; title=\"x; rel=canonical, y\"; rel=\"alternate next\"; hreflang=\"fr\"", null, "https://town.example/files/a,b")]
    [InlineData("</site.css>; rel=preload; as=style, </feed>; rel=alternate; type=\"application/rss+xml\"", null, "")]
    [InlineData("<javascript:x()>; rel=canonical", null, "")]
    [InlineData("<https://town.example/a; rel=canonical", null, "")]
    public void What_a_header_says_of_its_page_is_read(string value, string? canonical, string alternates)
    {
        var links = LinkHeader.Read([value], new Uri("https://town.example/files/plan.pdf"));

        Assert.Equal((canonical, alternates), (links.Canonical, string.Join(' ', links.Alternates)));
    }

    [Fact]
    public async Task A_file_gives_way_to_the_page_that_its_server_names_and_a_page_leads_to_its_other_languages()
    {
        Put("/", "the town", "/plan.pdf");
        Put("/plan", "the plan of the town");
        Put("/de", "the town, in German");
        Web.Before = AnswerAsync;

        var report = await Crawler.ReportAsync(await Crawler.CrawlAsync(await Crawler.AddSiteAsync(Web.Url("/"))));

        Assert.Equal(("duplicate", PageReasons.Canonical, Web.Url("/plan")), (report["/plan.pdf"].State, report["/plan.pdf"].Reason, report["/plan.pdf"].Detail));
        Assert.Equal(["/", "/de", "/plan"], (await Crawler.DocumentsAsync()).Keys);
    }

    private static async Task<bool> AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == "/")
            context.Response.Headers.Link = "</de>; rel=alternate; hreflang=de";
        if (context.Request.Path != "/plan.pdf")
            return false;

        context.Response.Headers.Link = "</plan>; rel=\"canonical\"";
        context.Response.ContentType = "application/pdf";
        await context.Response.WriteAsync("%PDF-1.4 a file", context.RequestAborted);
        return true;
    }
}
