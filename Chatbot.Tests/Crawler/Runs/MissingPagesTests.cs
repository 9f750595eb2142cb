using Chatbot.Core.Sites;
using Chatbot.Crawler;
using Xunit;

namespace Chatbot.Tests.Crawler.Runs;

public sealed class MissingPagesTests : CrawlTests
{
    [Fact]
    public async Task A_page_that_nothing_led_to_in_two_complete_runs_is_gone_though_its_server_has_it()
    {
        var site = await PutAndUnlinkAsync();

        var first = await Crawler.ReportAsync(await Crawler.CrawlAsync(site));
        var second = await Crawler.ReportAsync(await Crawler.CrawlAsync(site));

        Assert.Equal("unchanged", first["/b"].State);
        Assert.Equal(("gone", PageReasons.Unlinked), (second["/b"].State, second["/b"].Reason));
        Assert.Equal(["/", "/a"], (await Crawler.DocumentsAsync()).Keys);
    }

    [Fact]
    public async Task A_page_that_is_linked_again_in_between_stays()
    {
        var site = await PutAndUnlinkAsync();
        await Crawler.CrawlAsync(site);
        Put("/", "the town", "/a", "/b");
        await Crawler.CrawlAsync(site);
        Put("/", "the town", "/a");

        await Crawler.CrawlAsync(site);

        Assert.Equal(["/", "/a", "/b"], (await Crawler.DocumentsAsync()).Keys);
    }

    [Fact]
    public async Task Runs_that_a_limit_cut_short_prove_nothing()
    {
        var site = await PutAndUnlinkAsync();
        Put("/c", "the market");
        Put("/", "the town", "/a", "/c");
        var stores = (Chatbot.Backends.Sites.SiteStore)Crawler.Services.GetService(typeof(Chatbot.Backends.Sites.SiteStore))!;
        await stores.UpdateAsync(site with { Scope = site.Scope with { MaxPages = 2 } }, Token);

        await Crawler.CrawlAsync(site);
        await Crawler.CrawlAsync(site);

        Assert.Contains("/b", (await Crawler.DocumentsAsync()).Keys);
    }

    [Fact]
    public async Task What_hangs_on_a_page_that_fails_for_now_is_not_missing()
    {
        Put("/", "the town", "/hub");
        Put("/hub", "the hub", "/a");
        Put("/a", "the bridge", "/b");
        Put("/b", "the market");
        var site = await Crawler.AddSiteAsync(Web.Url("/"));
        await Crawler.CrawlAsync(site);
        Web.Before = context =>
        {
            if (context.Request.Path != "/hub")
                return Task.FromResult(false);

            context.Response.StatusCode = 500;
            return Task.FromResult(true);
        };

        await Crawler.CrawlAsync(site);
        await Crawler.CrawlAsync(site);
        var third = await Crawler.ReportAsync(await Crawler.CrawlAsync(site));

        Assert.Equal(["failed", "unchanged", "unchanged"], new[] { "/hub", "/a", "/b" }.Select(p => third[p].State));
    }

    [Fact]
    public async Task What_a_sitemap_named_that_does_not_come_is_not_missing()
    {
        Put("/", "the town");
        Put("/a", "the bridge");
        Web.Html("/sitemap.xml", $"<urlset><url><loc>{Web.Url("/a")}</loc></url></urlset>");
        var site = await Crawler.AddSiteAsync(Web.Url("/"));
        await Crawler.CrawlAsync(site);
        Web.Before = context =>
        {
            if (context.Request.Path != "/sitemap.xml")
                return Task.FromResult(false);

            context.Response.StatusCode = 500;
            return Task.FromResult(true);
        };

        await Crawler.CrawlAsync(site);
        await Crawler.CrawlAsync(site);

        Assert.Equal(["/", "/a"], (await Crawler.DocumentsAsync()).Keys);
    }

    private async Task<Site> PutAndUnlinkAsync()
    {
        Put("/", "the town", "/a", "/b");
        Put("/a", "the bridge");
        Put("/b", "the town hall");
        var site = await Crawler.AddSiteAsync(Web.Url("/"));
        await Crawler.CrawlAsync(site);
        Put("/", "the town", "/a");
        return site;
    }
}
