using System.Text;
using Chatbot.Backends.Crawling;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Crawler.Runs;

public sealed class CrawlReportTests : CrawlTests
{
    [Fact]
    public async Task What_became_of_the_urls_is_counted_by_reason_and_listed_by_what_is_asked_for()
    {
        Web.Html("/robots.txt", "User-agent: *\nDisallow: /closed");
        Web.Page("/", "Start", "<a href=/a_b>A</a><a href=/axb>B</a><a href=/one.jpg>1</a><a href=/two.jpg>2</a><a href=/closed>3</a><a href=/missing>4</a>");
        Web.Page("/a_b", "A", "<p>The office opens at nine.</p>");
        Web.Page("/axb", "B", "<p>The pool opens at ten.</p>");
        var run = await Crawler.CrawlAsync(await Crawler.AddSiteAsync(Web.Url("/")));
        var report = Crawler.Services.GetRequiredService<CrawlReport>();

        var counts = await report.CountReasonsAsync(run.Id, Token);
        var skipped = await report.ListAsync(run.Id, new CrawlReportFilter { State = "skipped", Reason = "file-type" }, limit: 1, offset: 1, Token);
        var literal = new CrawlReportFilter { Text = "A_B" };
        using var csv = new MemoryStream();
        await report.WriteAsync(run.Id, literal, csv, CrawlReportFormat.Csv, Token);

        Assert.Equal(
            [new("new", null, 3), new("skipped", "file-type", 2), new("failed", "not-found", 1), new("skipped", "robots", 1)], counts);
        Assert.Equal(Web.Url("/two.jpg"), Assert.Single(skipped).Url);
        Assert.Equal(1, await report.CountAsync(run.Id, literal, Token));
        Assert.Contains("/a_b,new,", Assert.Single(Encoding.UTF8.GetString(csv.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..]), StringComparison.Ordinal);
    }
}
