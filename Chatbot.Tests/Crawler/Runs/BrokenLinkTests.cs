using System.Text;
using Chatbot.Backends.Crawling;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Crawler.Runs;

public sealed class BrokenLinkTests : CrawlTests
{
    [Fact]
    public async Task A_link_that_leads_nowhere_is_named_with_every_page_that_has_it()
    {
        Put("/", "the town", "/a", "/b", "/lost");
        Put("/a", "the bridge", "/lost", "/worse,too");
        Put("/b", "the market", "/lost");
        var run = await Crawler.CrawlAsync(await Crawler.AddSiteAsync(Web.Url("/")));
        var report = Crawler.Services.GetRequiredService<BrokenLinkReport>();

        var broken = await report.ReadAsync(run.Id, Token);
        using var csv = new MemoryStream();
        await report.WriteAsync(run.Id, csv, CrawlReportFormat.Csv, Token);

        Assert.Equal([Web.Url("/lost"), Web.Url("/worse,too")], broken.Select(b => b.Url));
        Assert.Equal([Web.Url("/"), Web.Url("/a"), Web.Url("/b")], broken[0].LinkedFrom);
        Assert.Equal((3, 404, "not-found"), (broken[0].Links, broken[0].Status, broken[0].Reason));
        var lines = Encoding.UTF8.GetString(csv.ToArray()).TrimEnd().Split('\n');
        Assert.Equal("url,reason,detail,status,linkedFrom", lines[0]);
        Assert.Equal(5, lines.Length);
        Assert.StartsWith($"\"{Web.Url("/worse,too")}\",not-found,", lines[4], StringComparison.Ordinal);
        Assert.Equal($"{Web.Url("/lost")},not-found,404 Not Found,404,{Web.Url("/")}", lines[1]);
    }

    [Fact]
    public async Task A_page_that_was_taken_down_with_all_its_links_is_no_broken_link()
    {
        Put("/", "the town", "/a");
        Put("/a", "the bridge");
        var site = await Crawler.AddSiteAsync(Web.Url("/"));
        await Crawler.CrawlAsync(site);
        Put("/", "the town");
        Web.Remove("/a");

        var run = await Crawler.CrawlAsync(site);

        Assert.Empty(await Crawler.Services.GetRequiredService<BrokenLinkReport>().ReadAsync(run.Id, Token));
    }
}
