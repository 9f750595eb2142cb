using System.Text;
using Chatbot.Core.Crawling;
using Chatbot.Core.Sites;
using Chatbot.Crawler;
using Chatbot.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Chatbot.Tests.Crawler.Runs;

public sealed class HostileSiteTests : CrawlTests
{
    [Fact]
    public async Task Each_kind_of_page_ends_in_one_state_for_its_reason()
    {
        var junk = new byte[3_000];
        new Random(3).NextBytes(junk);
        await using var web = await TestSite.StartAsync(app =>
        {
            app.MapGet("/junk", () => Results.Bytes(junk, "text/html"));
            app.MapGet("/moved", () => Results.Redirect("/a", permanent: true));
            app.MapGet("/circle1", () => Results.Redirect("/circle2"));
            app.MapGet("/circle2", () => Results.Redirect("/circle1"));
            app.MapGet("/self", () => Results.Redirect("/self"));
            app.MapGet("/endless", (int n) => Results.Redirect($"/endless?n={n + 1}"));
            app.MapGet("/away", () => Results.Redirect("http://elsewhere.invalid/"));
            app.MapGet("/huge", async (HttpContext context) =>
            {
                context.Response.ContentType = "text/html";
                for (var i = 0; i < 200 && !context.RequestAborted.IsCancellationRequested; i++)
                    await context.Response.Body.WriteAsync(new byte[1_000_000], context.RequestAborted);
            });
            app.MapGet("/broken", () => Results.StatusCode(500));
            app.MapGet("/hidden", (HttpContext context) =>
            {
                context.Response.Headers["X-Robots-Tag"] = "noindex";
                return Results.Text("<p>Hidden <a href=/behind>on</a>", "text/html");
            });
            app.MapGet("/latin", () => Results.Bytes(Encoding.Latin1.GetBytes("<title>Käse</title><p>Käse und Brötchen gibt es täglich.</p>"), "text/html; charset=utf-8"));
            app.MapGet("/five", () => Results.Text("<title>Five</title>" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"<p>Paragraph {i} of a page that has very many of them, and some words more.</p>")), "text/html"));
            app.MapGet("/paper.pdf", () => Results.Bytes("%PDF-1.4 made up"u8.ToArray(), "application/pdf"));
        });
        web.Html("/robots.txt", "User-agent: *\nDisallow: /secret\n\0\xFF garbage ::: \nAllow");
        string[] links =
        [
            "/a", "/junk", "/moved", "/circle1", "/self", "/endless?n=1", "/away", "/huge", "/broken", "/hidden", "/latin", "/five", "/paper.pdf",
            "/missing", "/photo.jpg", "/secret/plan", "/meta", "/named", "/double/of/a", "mailto:x@y.example", "http://elsewhere.invalid/x",
        ];
        web.Page("/", "Start", "<p>The start of it all, with words of its own.</p>" + string.Concat(links.Select(l => $"<a href=\"{l}\">x</a> ")) + "<a rel=nofollow href=/unfollowed>x</a>");
        web.Page("/a", "A", "<p>This is what page a says to everyone who reads it.</p>");
        web.Page("/double/of/a", "A", "<p>This is what page a says to everyone who reads it.</p>");
        web.Page("/meta", "Meta", "<p>Not for search. <a href=/c>c</a></p>", "<meta name=robots content=\"noindex, nofollow\">");
        web.Page("/named", "Named", "<p>This page has another name.</p>", "<link rel=canonical href=/name>");
        web.Page("/name", "Named", "<p>This page has another name.</p>");
        web.Page("/behind", "Behind", "<p>Found behind a hidden page.</p>");
        var site = await Crawler.AddSiteAsync(web.Url("/"));

        var run = await Crawler.CrawlAsync(site);

        var report = (await Crawler.ReportAsync(run)).ToDictionary(l => l.Key, l => (l.Value.State, (string?)l.Value.Reason));
        var expected = new Dictionary<string, (string, string?)>
        {
            ["/"] = ("new", null),
            ["/a"] = ("new", null),
            ["/behind"] = ("new", null),
            ["/five"] = ("new", null),
            ["/latin"] = ("new", null),
            ["/name"] = ("new", null),
            ["/paper.pdf"] = ("new", null),
            ["/named"] = ("duplicate", PageReasons.Canonical),
            ["/double/of/a"] = ("duplicate", PageReasons.SameContent),
            ["/moved"] = ("duplicate", PageReasons.Redirect),
            ["/away"] = ("skipped", PageReasons.OffHost),
            ["/junk"] = ("skipped", PageReasons.Binary),
            ["/huge"] = ("skipped", PageReasons.TooLarge),
            ["/hidden"] = ("skipped", PageReasons.NoIndex),
            ["/meta"] = ("skipped", PageReasons.NoIndex),
            ["/photo.jpg"] = ("skipped", PageReasons.FileType),
            ["/secret/plan"] = ("skipped", PageReasons.Robots),
            ["/missing"] = ("failed", PageReasons.NotFound),
            ["/broken"] = ("failed", PageReasons.HttpError),
            ["/self"] = ("failed", PageReasons.RedirectLoop),
            ["/circle1"] = ("failed", PageReasons.RedirectLoop),
            ["/circle2"] = ("failed", PageReasons.RedirectLoop),
        };
        foreach (var n in Enumerable.Range(1, 11))
            expected.Add($"/endless?n={n}", ("failed", PageReasons.TooManyRedirects));
        Assert.Equal(expected.OrderBy(e => e.Key, StringComparer.Ordinal), report.OrderBy(r => r.Key, StringComparer.Ordinal));
        Assert.Equal(CrawlRunState.Completed, run.State);
        Assert.Equal(new CrawlerOptions().Attempts, web.CountOf("/broken"));
        var counters = run.Counters;
        Assert.Equal(
            (await Crawler.ReportAsync(run)).Count,
            counters.New + counters.Changed + counters.Unchanged + counters.Gone + counters.Duplicate + counters.Skipped + counters.Failed);
        Assert.Equal(0, counters.Queued);
        Assert.Equal("Käse", (await Crawler.DocumentsAsync())["/latin"].Title);
    }

    [Fact]
    public async Task A_link_farm_stops_at_the_page_limit()
    {
        await using var web = await TestSite.StartAsync(app => app.MapGet(
            "/farm/{n:int}", (int n) => Results.Text($"<title>Farm {n}</title><p>Field {n} of the farm.</p><a href=/farm/{n * 2}>l</a><a href=/farm/{(n * 2) + 1}>r</a>", "text/html")));
        var site = await Crawler.AddSiteAsync(new SiteScope { StartUrls = [web.Url("/farm/1")], MaxPages = 37 });

        var run = await Crawler.CrawlAsync(site);

        Assert.Equal((CrawlRunState.Completed, 37, 37), (run.State, run.Counters.Fetched, run.Counters.New));
        Assert.Contains("37", run.Message, StringComparison.Ordinal);
        Assert.Equal(37, web.Requests.Count(r => r.StartsWith("/farm/", StringComparison.Ordinal)));
        Assert.All((await Crawler.ReportAsync(run)).Values.Where(l => l.State == "skipped"), l => Assert.Equal(PageReasons.PageLimit, l.Reason));
    }

    [Fact]
    public async Task A_link_farm_stops_at_the_byte_limit_and_loses_nothing_by_it()
    {
        var padding = new string(' ', 100_000);
        await using var web = await TestSite.StartAsync(app => app.MapGet(
            "/farm/{n:int}", (int n) => Results.Text($"<title>Farm {n}</title><p>Field {n} of the farm.</p>{padding}<a href=/farm/{n * 2}>l</a><a href=/farm/{(n * 2) + 1}>r</a>", "text/html")));
        var site = await Crawler.AddSiteAsync(new SiteScope { StartUrls = [web.Url("/farm/1")], MaxMegabytes = 1 });

        var first = await Crawler.CrawlAsync(site);

        Assert.Equal((CrawlRunState.Completed, 0), (first.State, first.Counters.Queued));
        Assert.Contains("1 MB", first.Message, StringComparison.Ordinal);
        // What was in hand is finished: at most so many of the next level.
        Assert.InRange(first.Counters.New, 10, 64);
        Assert.All((await Crawler.ReportAsync(first)).Values.Where(l => l.State == "skipped"), l => Assert.Equal(PageReasons.ByteLimit, l.Reason));

        // Another run comes no further, and what it does not reach stays.
        var second = await Crawler.CrawlAsync(site);

        Assert.Equal((CrawlRunState.Completed, 0, 0), (second.State, second.Counters.Gone, second.Counters.Failed));
        Assert.True((await Crawler.DocumentsAsync()).Count >= first.Counters.New);
    }

    [Fact]
    public async Task Relative_links_that_repeat_themselves_come_to_an_end()
    {
        await using var web = await TestSite.StartAsync(app => app.MapGet(
            "/{**path}", (string? path) => Results.Text($"<title>At {path}</title><p>You are at {path}.</p><a href=\"deeper/\">on</a>", "text/html")));
        var site = await Crawler.AddSiteAsync(web.Url("/x/"));

        var run = await Crawler.CrawlAsync(site);

        Assert.Equal(new CrawlCounters { Fetched = 4, New = 4, Skipped = 1 }, run.Counters);
        Assert.Equal(PageReasons.RepeatingPath, (await Crawler.ReportAsync(run))["/x/deeper/deeper/deeper/deeper/"].Reason);
    }

    [Theory]
    [InlineData("http://nowhere.invalid/", "nowhere.invalid")]
    [InlineData("not-there", "404")]
    [InlineData("private", "private")]
    public async Task A_site_that_cannot_be_had_fails_with_the_reason(string start, string named)
    {
        var url = start switch { "not-there" => Web.Url("/not-there"), "private" => Web.Url("/"), _ => start };
        var site = await Crawler.AddSiteAsync(new SiteScope { StartUrls = [url] }, allowPrivate: start != "private");

        var run = await Crawler.CrawlAsync(site);

        Assert.Equal(CrawlRunState.Failed, run.State);
        Assert.Contains(named, run.Message, StringComparison.Ordinal);
        Assert.Contains(url, run.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_robots_file_that_cannot_be_had_holds_the_host_back()
    {
        Put("/", "the town");
        var asked = 0;
        Web.Before = context =>
        {
            if (context.Request.Path != "/robots.txt" || ++asked > 2)
                return Task.FromResult(false);

            context.Response.StatusCode = 503;
            return Task.FromResult(true);
        };

        var run = await Crawler.CrawlAsync(await Crawler.AddSiteAsync(Web.Url("/")));

        Assert.Equal(new CrawlCounters { Fetched = 1, New = 1 }, run.Counters);
        Assert.Equal(["/robots.txt", "/robots.txt", "/robots.txt", "/"], Web.Requests.Where(r => r != "/sitemap.xml"));
    }

    [Fact]
    public async Task Two_pages_that_name_each_other_are_not_both_lost()
    {
        Put("/", "the town", "/p", "/q");
        Web.Page("/p", "P", "<p>What p has to say.</p>", "<link rel=canonical href=/q>");
        Web.Page("/q", "Q", "<p>What q has to say.</p>", "<link rel=canonical href=/p>");

        var run = await Crawler.CrawlAsync(await Crawler.AddSiteAsync(Web.Url("/")));

        Assert.Equal(2, run.Counters.New);
        Assert.Equal(1, run.Counters.Duplicate);
    }

    [Fact]
    public async Task A_page_that_names_one_that_is_missing_is_kept()
    {
        Put("/", "the town", "/p");
        Web.Page("/p", "P", "<p>What p has to say.</p>", "<link rel=canonical href=/missing>");

        await Crawler.CrawlAsync(await Crawler.AddSiteAsync(Web.Url("/")));

        Assert.Equal(["/", "/p"], (await Crawler.DocumentsAsync()).Keys);
    }
}
