using System.IO.Compression;
using System.Text;
using Chatbot.Core.Sites;
using Chatbot.Crawler;
using Chatbot.Tests.Crawler.Runs;
using Chatbot.Tests.Support;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Chatbot.Tests.Crawler.Sitemaps;

public sealed class SitemapCrawlTests : CrawlTests
{
    [Fact]
    public async Task Pages_that_nothing_links_to_are_found_by_an_index_and_its_packed_sitemap()
    {
        Put("/", "the town");
        Put("/hidden", "the hidden garden");
        Put("/secret", "the secret");
        Web.Html("/robots.txt", "User-agent: *\nDisallow: /secret\nSitemap: /maps/index.xml\n");
        Web.Html("/maps/index.xml", $"<sitemapindex><sitemap><loc>{Web.Url("/maps/1.xml.gz")}</loc></sitemap></sitemapindex>");
        Web.Before = context => PackedAsync(context, "/maps/1.xml.gz", Sitemap("/hidden", "/secret", "/photo.jpg", "https://elsewhere.example/"));

        var report = await Crawler.ReportAsync(await Crawler.CrawlAsync(await Crawler.AddSiteAsync(Web.Url("/"))));

        Assert.Equal(["/", "/hidden"], (await Crawler.DocumentsAsync()).Keys);
        Assert.Equal((Web.Url("/maps/1.xml.gz"), 1), (report["/hidden"].FoundOn, report["/hidden"].Depth));
        Assert.Equal(PageReasons.Robots, report["/secret"].Reason);
        Assert.Equal(PageReasons.FileType, report["/photo.jpg"].Reason);
        Assert.Equal(0, Web.CountOf("/secret"));
        Assert.Equal(4, report.Count);
    }

    [Fact]
    public async Task The_usual_sitemap_is_looked_for_without_being_named()
    {
        Put("/", "the town");
        Put("/hidden", "the hidden garden");
        Web.Html("/sitemap.xml", Sitemap("/hidden"));

        await Crawler.CrawlAsync(await Crawler.AddSiteAsync(Web.Url("/")));

        Assert.Equal(["/", "/hidden"], (await Crawler.DocumentsAsync()).Keys);
    }

    [Fact]
    public async Task A_further_host_of_a_site_is_found_by_its_own_sitemap()
    {
        await using var other = await TestSite.StartAsync();
        other.Page("/manual", "Manual", "<p>Everything there is to know about the town's machines.</p>");
        other.Html("/sitemap.xml", $"<urlset><url><loc>{other.Url("/manual")}</loc></url></urlset>");
        Put("/", "the town");

        await Crawler.CrawlAsync(await Crawler.AddSiteAsync(new SiteScope { StartUrls = [Web.Url("/")], Hosts = [new Uri(other.Root).Authority] }));

        Assert.Equal(["/", "/manual"], (await Crawler.DocumentsAsync()).Keys);
    }

    [Fact]
    public async Task Of_the_pages_of_a_sitemap_the_newest_are_taken_first()
    {
        Put("/", "the town");
        var days = Enumerable.Range(1, 20).Select(day => $"{day:00}").ToList();
        foreach (var day in days)
            Put($"/{day}", $"day {day}");
        Web.Html("/sitemap.xml", $"<urlset>{string.Concat(days.Select(d => $"<url><loc>{Web.Url($"/{d}")}</loc><lastmod>2026-01-{d}</lastmod></url>"))}</urlset>");

        await Crawler.CrawlAsync(await Crawler.AddSiteAsync(new SiteScope { StartUrls = [Web.Url("/")], MaxPages = 6 }));

        Assert.Equal(["/", "/16", "/17", "/18", "/19", "/20"], (await Crawler.DocumentsAsync()).Keys);
    }

    [Fact]
    public async Task A_feed_is_read_again_when_the_page_that_names_it_has_not_changed()
    {
        Web.Page("/", "News", "<p>All the news of our town, told every day.</p>", "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"/feed\">");
        Put("/1", "the first story");
        Put("/2", "the second story");
        Web.Html("/feed", Feed("/1"));
        var site = await Crawler.AddSiteAsync(Web.Url("/"));
        await Crawler.CrawlAsync(site);
        Web.Html("/feed", Feed("/1", "/2"));

        var second = await Crawler.ReportAsync(await Crawler.CrawlAsync(site));

        Assert.Equal("unchanged", second["/"].State);
        Assert.Equal("new", second["/2"].State);
        Assert.Equal(["/", "/1", "/2"], (await Crawler.DocumentsAsync()).Keys);
    }

    [Fact]
    public async Task What_is_wrong_with_a_named_sitemap_stands_in_the_report()
    {
        Put("/", "the town");
        Put("/a", "the bridge");
        Web.Html("/robots.txt", "Sitemap: /gone.xml\nSitemap: /torn.xml\n");
        Web.Html("/torn.xml", Sitemap("/a")[..^9] + "<url>");

        var report = await Crawler.ReportAsync(await Crawler.CrawlAsync(await Crawler.AddSiteAsync(Web.Url("/"))));

        Assert.Equal(("failed", PageReasons.NotFound), (report["/gone.xml"].State, report["/gone.xml"].Reason));
        Assert.Equal(("failed", PageReasons.Sitemap), (report["/torn.xml"].State, report["/torn.xml"].Reason));
        Assert.Equal(["/", "/a"], (await Crawler.DocumentsAsync()).Keys);
    }

    [Fact]
    public async Task Sitemaps_that_name_each_other_and_bombs_come_to_an_end()
    {
        Put("/", "the town");
        Web.Html("/robots.txt", "Sitemap: /a.xml\nSitemap: /bomb.xml.gz\n");
        Web.Html("/a.xml", $"<sitemapindex><sitemap><loc>{Web.Url("/b.xml")}</loc></sitemap></sitemapindex>");
        Web.Html("/b.xml", $"<sitemapindex><sitemap><loc>{Web.Url("/a.xml")}</loc></sitemap><sitemap><loc>{Web.Url("/b.xml")}</loc></sitemap></sitemapindex>");
        var bomb = Packed(new string(' ', 60_000_000));
        Web.Before = async context =>
        {
            if (context.Request.Path != "/bomb.xml.gz")
                return false;

            await context.Response.Body.WriteAsync(bomb, Token);
            return true;
        };

        var report = await Crawler.ReportAsync(await Crawler.CrawlAsync(await Crawler.AddSiteAsync(Web.Url("/"))));

        Assert.Equal(PageReasons.TooLarge, report["/bomb.xml.gz"].Reason);
        Assert.Equal((1, 1), (Web.CountOf("/a.xml"), Web.CountOf("/b.xml")));
    }

    [Fact]
    public async Task A_site_may_do_without_sitemaps()
    {
        Put("/", "the town");
        Put("/hidden", "the hidden garden");
        Web.Html("/sitemap.xml", Sitemap("/hidden"));

        await Crawler.CrawlAsync(await Crawler.AddSiteAsync(new SiteScope { StartUrls = [Web.Url("/")], Sitemaps = false }));

        Assert.Equal(["/"], (await Crawler.DocumentsAsync()).Keys);
        Assert.Equal(0, Web.CountOf("/sitemap.xml"));
    }

    [Fact]
    public async Task Other_languages_and_next_pages_are_followed()
    {
        Web.Page("/", "Start", "<p>All there is to know about this town of ours.</p>", "<link rel=\"alternate\" hreflang=\"fr\" href=\"/fr\"><link rel=\"next\" href=\"/page2\">");
        Put("/fr", "la ville");
        Put("/page2", "the second page");

        await Crawler.CrawlAsync(await Crawler.AddSiteAsync(Web.Url("/")));

        Assert.Equal(["/", "/fr", "/page2"], (await Crawler.DocumentsAsync()).Keys);
    }

    private string Sitemap(params string[] paths) =>
        $"<?xml version=\"1.0\"?><urlset>{string.Concat(paths.Select(p => $"<url><loc>{(p.StartsWith('/') ? Web.Url(p) : p)}</loc></url>"))}</urlset>";

    private string Feed(params string[] paths) =>
        $"<rss version=\"2.0\"><channel>{string.Concat(paths.Select(p => $"<item><link>{Web.Url(p)}</link></item>"))}</channel></rss>";

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    private static async Task<bool> PackedAsync(HttpContext context, string path, string text)
    {
        if (context.Request.Path != path)
            return false;

        await context.Response.Body.WriteAsync(Packed(text), Token);
        return true;
    }
}
