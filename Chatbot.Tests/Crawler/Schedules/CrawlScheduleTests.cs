using Chatbot.Backends.Crawling;
using Chatbot.Backends.Data;
using Chatbot.Backends.Sites;
using Chatbot.Core.Crawling;
using Chatbot.Core.Data;
using Chatbot.Core.Sites;
using Chatbot.Tests.Crawler.Runs;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Crawler.Schedules;

public sealed class CrawlScheduleTests : CrawlTests
{
    [Fact]
    public async Task A_site_is_crawled_again_and_again_and_never_twice_at_a_time()
    {
        Put("/", "the town");
        var site = await AddAsync(new SiteSchedule { Interval = TimeSpan.FromMilliseconds(200) });

        var runs = await WaitForRunsAsync(site, count: 3);

        for (var i = 1; i < runs.Count; i++)
            Assert.True(runs[i].CreatedAt >= runs[i - 1].FinishedAt);
    }

    [Fact]
    public async Task Starts_that_were_missed_are_caught_up_by_one_run()
    {
        Put("/", "the town");
        var site = await AddAsync(new SiteSchedule { Cron = "0 0 1 1 *", TimeZone = "Europe/Berlin" });
        var schedules = Crawler.Services.GetRequiredService<ScheduleStore>();
        while (await schedules.FindNextAsync(site.Id, Token) is null)
            await Task.Delay(20, Token);
        var planned = await schedules.FindNextAsync(site.Id, Token);
        await Crawler.DisposeAsync();
        Crawler = await StartAsync(async services => await services.GetRequiredService<Database>().WriteAsync(
            transaction => transaction.RunAsync("UPDATE sites SET next_crawl_at = 1000000 WHERE id = @Id", new { site.Id }, Token), Token));

        await WaitForRunsAsync(site, count: 1);

        var next = await Crawler.Services.GetRequiredService<ScheduleStore>().FindNextAsync(site.Id, Token);
        Assert.Equal(planned, next);
        Assert.True(next > TimeProvider.System.GetUtcNow());
        Assert.Single(await Crawler.Runs.ListAsync(site.Id, 10, Token));
    }

    [Fact]
    public async Task Another_schedule_is_planned_anew()
    {
        var site = await AddAsync(new SiteSchedule { Cron = "0 0 1 1 *" });
        var schedules = Crawler.Services.GetRequiredService<ScheduleStore>();
        while (await schedules.FindNextAsync(site.Id, Token) is null)
            await Task.Delay(20, Token);

        await Crawler.Services.GetRequiredService<SiteStore>().UpdateAsync(site with { Schedule = null }, Token);

        Assert.Null(await schedules.FindNextAsync(site.Id, Token));
    }

    [Fact]
    public async Task A_run_that_is_held_back_waits_and_goes_on_where_it_was()
    {
        Put("/", "the town", [.. Enumerable.Range(0, 60).Select(i => $"/{i}")]);
        for (var i = 0; i < 60; i++)
            Put($"/{i}", $"house {i}");
        using var allowance = new SemaphoreSlim(5);
        Web.Before = async context =>
        {
            if (context.Request.Path.Value is not ("/robots.txt" or "/sitemap.xml")) await allowance.WaitAsync(Token);
            return false;
        };
        var site = await Crawler.AddSiteAsync(Web.Url("/"));
        var run = await Crawler.RequestAsync(site);
        await Crawler.WaitAsync(run.Id, r => r.Counters.New > 0);
        var schedules = Crawler.Services.GetRequiredService<ScheduleStore>();

        await schedules.SetPausedAsync(site.Id, true, Token);
        // What was asked for already comes in; then nothing more is asked.
        while (await PendingAsync(run.Id, "leased") is > 0 and var inHand)
        {
            var known = (await Crawler.Runs.FindAsync(run.Id, Token))!.Counters.New;
            allowance.Release();
            await Crawler.WaitAsync(run.Id, r => r.Counters.New > known);
            // A crawler that has not noticed yet takes another one; on a busy machine that may be for a while.
            if (await PendingAsync(run.Id, "leased") >= inHand)
                await Task.Delay(200, Token);
        }

        var asked = Web.Requests.Count;
        allowance.Release(1_000);
        Assert.True(await PendingAsync(run.Id, "queued") > 0);
        Assert.Equal(asked, Web.Requests.Count);
        await schedules.SetPausedAsync(site.Id, false, Token);
        var done = await Crawler.WaitAsync(run.Id, r => r.FinishedAt is not null);

        Assert.Equal((CrawlRunState.Completed, 61), (done.State, done.Counters.New));
    }

    [Fact]
    public async Task An_incremental_run_asks_only_for_what_may_be_new()
    {
        Put("/", "the town", "/hub");
        Put("/hub", "the hub", "/a", "/b");
        Put("/a", "the bridge");
        Put("/b", "the market");
        var site = await Crawler.AddSiteAsync(Web.Url("/"));
        await Crawler.CrawlAsync(site);
        Put("/hub", "the hub", "/a", "/b", "/c");
        Put("/c", "the new pool");
        Put("/b", "the other market");
        Web.Html("/sitemap.xml", $"<urlset><url><loc>{Web.Url("/b")}</loc><lastmod>{TimeProvider.System.GetUtcNow().AddMinutes(1):O}</lastmod></url></urlset>");
        Web.ForgetRequests();

        var (run, _) = await Crawler.Runs.RequestAsync(site.Id, CrawlMode.Incremental, Token);
        await Crawler.WaitAsync(run.Id, r => r.FinishedAt is not null);

        Assert.Equal(["/", "/b", "/c", "/hub"], Web.Requests.Where(r => r is not ("/robots.txt" or "/sitemap.xml")).Order(StringComparer.Ordinal));
        Assert.Equal(["/", "/a", "/b", "/c", "/hub"], (await Crawler.DocumentsAsync()).Keys);
    }

    private async Task<Site> AddAsync(SiteSchedule schedule)
    {
        await Crawler.DisposeAsync();
        Crawler = await StartAsync(_ => Task.CompletedTask);
        var site = await Crawler.AddSiteAsync(Web.Url("/"));
        site = site with { Schedule = schedule };
        await Crawler.Services.GetRequiredService<SiteStore>().UpdateAsync(site, Token);
        return site;
    }

    private async Task<CrawlHost> StartAsync(Func<IServiceProvider, Task> prepare)
    {
        var crawler = await CrawlHost.StartAsync(Data.Path, ("Crawler:ScheduleJitter", "00:00:00"));
        await prepare(crawler.Services);
        return crawler;
    }

    private async Task<List<CrawlRun>> WaitForRunsAsync(Site site, int count)
    {
        while (true)
        {
            var runs = await Crawler.Runs.ListAsync(site.Id, 100, Token);
            if (runs.Count(r => r.FinishedAt is not null) >= count)
                return [.. runs.Reverse()];

            await Task.Delay(20, Token);
        }
    }

    private Task<int> PendingAsync(string runId, string state) => Crawler.Services.GetRequiredService<Database>().ReadAsync(
        connection => connection.FirstAsync<int>("SELECT COUNT(*) FROM frontier WHERE run_id = @runId AND state = @state", With(new { runId, state }), Token), Token);
}
