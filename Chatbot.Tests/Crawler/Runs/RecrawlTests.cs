using Chatbot.Core.Crawling;
using Chatbot.Core.Messages;
using Chatbot.Crawler;
using Xunit;

namespace Chatbot.Tests.Crawler.Runs;

public sealed class RecrawlTests : CrawlTests
{
    [Fact]
    public async Task An_unchanged_site_costs_conditional_requests_and_nothing_else()
    {
        PutTown();
        var site = await Crawler.AddSiteAsync(Web.Url("/"));
        var first = await Crawler.CrawlAsync(site);
        await Crawler.AnnouncedAsync();
        await MarkIndexedAsync();
        Web.ForgetRequests();

        var second = await Crawler.CrawlAsync(site);

        Assert.Equal(new CrawlCounters { Fetched = 4, New = 4 }, first.Counters);
        Assert.Equal(new CrawlCounters { Fetched = 4, Unchanged = 4 }, second.Counters);
        Assert.Equal(["/", "/a", "/b", "/c"], Web.Requests.Where(r => r is not ("/robots.txt" or "/sitemap.xml")).Order(StringComparer.Ordinal));
        Assert.All((await Crawler.ReportAsync(second)).Values, line => Assert.Equal(304, line.Status));
        Assert.Empty(await Crawler.AnnouncedAsync());
    }

    [Fact]
    public async Task A_changed_a_deleted_and_an_added_page_are_exactly_what_changes()
    {
        PutTown();
        var site = await Crawler.AddSiteAsync(Web.Url("/"));
        await Crawler.CrawlAsync(site);
        await Crawler.AnnouncedAsync();
        await MarkIndexedAsync();
        var before = await Crawler.DocumentsAsync();
        Put("/", "the town", "/a", "/b", "/d");
        Put("/a", "the new bridge");
        Web.Remove("/c");
        Put("/d", "the swimming pool");

        var run = await Crawler.CrawlAsync(site);

        var report = await Crawler.ReportAsync(run);
        Assert.Equal(["changed", "unchanged", "gone", "new"], new[] { "/a", "/b", "/c", "/d" }.Select(p => report[p].State));
        Assert.Equal("known", report["/c"].FoundOn);
        Assert.Equal(new CrawlCounters { Fetched = 5, New = 1, Changed = 2, Unchanged = 1, Gone = 1 }, run.Counters);
        var after = await Crawler.DocumentsAsync();
        Assert.Equal(["/", "/a", "/b", "/d"], after.Keys);
        Assert.Equal(before["/a"].Version + 1, after["/a"].Version);
        Assert.Equal(before["/b"].Version, after["/b"].Version);
        var announced = await Crawler.AnnouncedAsync();
        Assert.Equal(
            new[] { after["/"].Id, after["/a"].Id, after["/d"].Id }.Order(),
            announced.OfType<DocumentChanged>().Select(m => m.DocumentId).Distinct().Order());
        Assert.Equal([before["/c"].Id], announced.OfType<DocumentGone>().Select(m => m.DocumentId).Distinct());
    }

    [Fact]
    public async Task A_change_outside_of_the_text_is_none()
    {
        Put("/", "the town");
        var site = await Crawler.AddSiteAsync(Web.Url("/"));
        await Crawler.CrawlAsync(site);
        Web.Page("/", "Page the town", "<p>Everything  there is to know\n about the town, in a sentence or two.</p><!-- built today -->");

        var run = await Crawler.CrawlAsync(site);

        Assert.Equal(new CrawlCounters { Fetched = 1, Unchanged = 1 }, run.Counters);
    }

    [Fact]
    public async Task A_page_that_nothing_links_to_stays_while_its_server_has_it()
    {
        PutTown();
        var site = await Crawler.AddSiteAsync(Web.Url("/"));
        await Crawler.CrawlAsync(site);
        Put("/", "the town", "/a", "/b");

        var run = await Crawler.CrawlAsync(site);

        Assert.Equal("unchanged", (await Crawler.ReportAsync(run))["/c"].State);
        Assert.Equal(4, (await Crawler.DocumentsAsync()).Count);
    }

    [Fact]
    public async Task A_page_that_comes_back_is_new_again()
    {
        PutTown();
        var site = await Crawler.AddSiteAsync(Web.Url("/"));
        await Crawler.CrawlAsync(site);
        Web.Remove("/b");
        await Crawler.CrawlAsync(site);
        Put("/b", "the town hall");

        var run = await Crawler.CrawlAsync(site);

        Assert.Equal("new", (await Crawler.ReportAsync(run))["/b"].State);
        Assert.Equal(4, (await Crawler.DocumentsAsync()).Count);
    }

    [Fact]
    public async Task A_host_that_is_down_takes_nothing_out()
    {
        PutTown();
        var site = await Crawler.AddSiteAsync(Web.Url("/"));
        await Crawler.CrawlAsync(site);
        Web.Before = context =>
        {
            context.Abort();
            return Task.FromResult(true);
        };

        var run = await Crawler.CrawlAsync(site);

        Assert.Equal(CrawlRunState.Failed, run.State);
        Assert.Equal(4, (await Crawler.DocumentsAsync()).Count);
    }

    [Fact]
    public async Task A_page_that_was_kept_makes_way_for_its_double_when_it_goes()
    {
        Put("/", "the town", "/a", "/longer");
        Put("/a", "the bridge");
        Put("/longer", "the bridge");
        var site = await Crawler.AddSiteAsync(Web.Url("/"));
        var first = await Crawler.ReportAsync(await Crawler.CrawlAsync(site));
        Web.Remove("/a");

        var second = await Crawler.ReportAsync(await Crawler.CrawlAsync(site));

        Assert.Equal(("new", "duplicate"), (first["/a"].State, first["/longer"].State));
        Assert.Equal(("gone", "new"), (second["/a"].State, second["/longer"].State));
        Assert.Equal(["/", "/longer"], (await Crawler.DocumentsAsync()).Keys);
    }

    [Fact]
    public async Task What_is_taken_out_of_the_scope_goes()
    {
        PutTown();
        var site = await Crawler.AddSiteAsync(Web.Url("/"));
        await Crawler.CrawlAsync(site);
        var stores = (Chatbot.Backends.Sites.SiteStore)Crawler.Services.GetService(typeof(Chatbot.Backends.Sites.SiteStore))!;
        await stores.UpdateAsync(site with { Scope = site.Scope with { Exclude = ["*/b"] } }, Token);

        var run = await Crawler.CrawlAsync(site);

        var line = (await Crawler.ReportAsync(run))["/b"];
        Assert.Equal(("gone", PageReasons.Excluded), (line.State, line.Reason));
        Assert.Equal(["/", "/a", "/c"], (await Crawler.DocumentsAsync()).Keys);
    }

    private void PutTown()
    {
        Put("/", "the town", "/a", "/b", "/c");
        Put("/a", "the bridge", "/");
        Put("/b", "the town hall", "/a");
        Put("/c", "the market", "/b");
    }

    private async Task MarkIndexedAsync()
    {
        var store = (Chatbot.Backends.Documents.DocumentStore)Crawler.Services.GetService(typeof(Chatbot.Backends.Documents.DocumentStore))!;
        foreach (var document in (await Crawler.DocumentsAsync()).Values)
            await store.MarkIndexedAsync(document.Id, document.Version, null, null, 1, Token);
    }
}
