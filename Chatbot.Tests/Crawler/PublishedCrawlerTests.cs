using System.Diagnostics;
using Chatbot.Core.Crawling;
using Chatbot.Core.Sites;
using Chatbot.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Chatbot.Tests.Crawler;

/// <summary>The crawler as it is published small: what reflection finds, and the program that renders, are there.</summary>
public sealed class PublishedCrawlerTests
{
    private static string? Program => Environment.GetEnvironmentVariable("CHATBOT_CRAWLER");

    [Fact]
    public async Task It_crawls_recrawls_and_renders()
    {
        Assert.SkipWhen(Program is null, "CHATBOT_CRAWLER names no published crawler.");
        using var data = new TemporaryDirectory();
        await using var web = await TestSite.StartAsync(app => app.MapGet("/old", () => Results.Redirect("/house")));
        web.Page("/", "Start", "<p>The town and all its houses.</p><a href=/house>a</a><a href=/gone>b</a><a href=/old>c</a><a href=/app>d</a><a href=/sum.pdf>e</a>");
        web.Page("/house", "House", "<p>In the house there live three cats.</p><a href=/house?utm_source=x>again</a><a href=/>home</a>");
        web.Page("/app", "App", "<div id=root></div><script>document.getElementById('root').textContent = 'The mill closes at six, says a script that wrote all of this page by itself.'</script>");
        await using var store = await CrawlHost.StartAsync(data.Path, ("Crawler:MaxRuns", "1"));
        var site = await store.AddSiteAsync(new SiteScope { StartUrls = [web.Url("/")] }, RenderMode.Auto);
        await store.StopAsync();

        using var crawler = Process.Start(new ProcessStartInfo(Program!, ["--Logging:LogLevel:Default=Warning"])
        {
            Environment = { ["CHATBOT_DATA"] = data.Path, ["Crawler__PollInterval"] = "00:00:00.100", ["Crawler__MaxHostDelay"] = "00:00:00.020" },
        })!;
        try
        {
            var first = await CrawlAsync();
            var second = await CrawlAsync();

            Assert.Equal((CrawlRunState.Completed, 3), (first.State, first.Counters.New));
            Assert.Equal((CrawlRunState.Completed, 3), (second.State, second.Counters.Unchanged));
            var report = await store.ReportAsync(second);
            Assert.True(report["/app"].Rendered);
            Assert.Equal("not-found", report["/gone"].Reason);
            Assert.Equal("redirect", report["/old"].Reason);
        }
        finally
        {
            crawler.Kill(entireProcessTree: true);
            await crawler.WaitForExitAsync(CancellationToken.None);
        }

        async Task<CrawlRun> CrawlAsync()
        {
            var crawl = store.CrawlAsync(site);
            var end = crawler.WaitForExitAsync(TestContext.Current.CancellationToken);
            return await Task.WhenAny(crawl, end) == crawl ? await crawl : throw new InvalidOperationException($"The crawler ended with {crawler.ExitCode}; is it of this version?");
        }
    }
}
