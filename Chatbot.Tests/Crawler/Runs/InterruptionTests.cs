using Chatbot.Core.Crawling;
using Chatbot.Crawler;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Chatbot.Tests.Crawler.Runs;

public sealed class InterruptionTests : CrawlTests
{
    private const int Pages = 60;

    [Fact]
    public async Task A_run_that_was_cut_goes_on_and_ends_as_if_it_had_not_been()
    {
        PutMany();
        var site = await Crawler.AddSiteAsync(Web.Url("/"));
        var run = await Crawler.RequestAsync(site);
        await Crawler.WaitAsync(run.Id, r => r.Counters.New > 5);
        await Crawler.DisposeAsync();
        Crawler = await CrawlHost.StartAsync(Data.Path);

        var ended = await Crawler.WaitAsync(run.Id, r => r.FinishedAt is not null);

        Assert.Equal((CrawlRunState.Completed, Pages, 0), (ended.State, ended.Counters.New, ended.Counters.Failed));
        Assert.Equal(Pages, (await Crawler.DocumentsAsync()).Count);
    }

    [Fact]
    public async Task Two_crawlers_share_a_run_and_nothing_is_done_twice()
    {
        PutMany();
        var site = await Crawler.AddSiteAsync(Web.Url("/"));
        await using var other = await CrawlHost.StartAsync(Data.Path);

        var run = await Crawler.CrawlAsync(site);

        Assert.Equal(new CrawlCounters { Fetched = Pages, New = Pages }, run.Counters);
        Assert.All(Enumerable.Range(1, Pages - 1), i => Assert.Equal(1, Web.CountOf($"/p{i}")));
    }

    [Fact]
    public async Task A_cancelled_run_stops_and_its_books_are_closed()
    {
        PutMany();
        var reached = new TaskCompletionSource();
        Web.Before = async context =>
        {
            if (context.Request.Path.Value is "/robots.txt" or "/sitemap.xml" or "/")
                return false;

            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return true;
        };
        var run = await Crawler.RequestAsync(await Crawler.AddSiteAsync(Web.Url("/")));
        await reached.Task.WaitAsync(Token);

        await Crawler.Runs.CancelAsync(run.Id, Token);

        var ended = await Crawler.WaitAsync(run.Id, r => r.Counters.Queued == 0);
        Assert.Equal(CrawlRunState.Cancelled, ended.State);
        Assert.Equal(1, ended.Counters.New);
        Assert.Equal(Pages - 1, (await Crawler.ReportAsync(ended)).Values.Count(l => l.Reason == PageReasons.Cancelled));
    }

    [Fact]
    public async Task A_server_that_asks_for_patience_loses_no_page()
    {
        PutMany();
        var refused = new System.Collections.Concurrent.ConcurrentDictionary<string, bool>();
        Web.Before = context =>
        {
            if (!refused.TryAdd(context.Request.Path, true))
                return Task.FromResult(false);

            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return Task.FromResult(true);
        };
        await Crawler.DisposeAsync();
        Crawler = await CrawlHost.StartAsync(Data.Path, ("Crawler:MaxHostDelay", "00:00:00.020"), ("Crawler:RetryDelay", "00:00:00.005"));

        var run = await Crawler.CrawlAsync(await Crawler.AddSiteAsync(Web.Url("/")));

        Assert.Equal(Pages, run.Counters.New);
    }

    [Fact]
    public async Task A_report_has_every_url_in_both_formats()
    {
        Put("/", "the town", "/a", "/missing");
        Put("/a", "the \"old\", long bridge");
        var run = await Crawler.CrawlAsync(await Crawler.AddSiteAsync(Web.Url("/")));
        var report = (Chatbot.Backends.Crawling.CrawlReport)Crawler.Services.GetService(typeof(Chatbot.Backends.Crawling.CrawlReport))!;

        using var json = new MemoryStream();
        await report.WriteAsync(run.Id, Chatbot.Backends.Crawling.CrawlReportFilter.All, json, Chatbot.Backends.Crawling.CrawlReportFormat.Json, Token);
        using var csv = new MemoryStream();
        await report.WriteAsync(run.Id, Chatbot.Backends.Crawling.CrawlReportFilter.All, csv, Chatbot.Backends.Crawling.CrawlReportFormat.Csv, Token);

        using var parsed = System.Text.Json.JsonDocument.Parse(json.ToArray());
        Assert.Equal(3, parsed.RootElement.GetArrayLength());
        Assert.Contains(parsed.RootElement.EnumerateArray(), l => l.GetProperty("state").GetString() == "failed" && l.GetProperty("status").GetInt32() == 404);
        var lines = System.Text.Encoding.UTF8.GetString(csv.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("url,state,reason", lines[0], StringComparison.Ordinal);
    }

    private void PutMany()
    {
        Put("/", "all of them", [.. Enumerable.Range(1, Pages - 1).Select(i => $"/p{i}")]);
        for (var i = 1; i < Pages; i++)
            Put($"/p{i}", $"number {i}", "/");
    }
}
