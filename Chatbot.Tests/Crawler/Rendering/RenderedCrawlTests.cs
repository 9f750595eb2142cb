using Chatbot.Core.Blobs;
using Chatbot.Core.Sites;
using Chatbot.Crawler.Rendering;
using Chatbot.Html;
using Chatbot.Tests.Crawler.Runs;
using Chatbot.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Crawler.Rendering;

/// <summary>Whole crawls of sites whose pages need a browser, or do not.</summary>
public sealed class RenderedCrawlTests : CrawlTests
{
    private const string Prose = "Everything there is to know about the fees for dogs, stalls, weddings, parking and the market, in one long sentence that any reader can read without a single script, and a second one.";

    [Fact]
    public async Task The_page_of_the_sample_town_that_is_made_by_a_script_is_read()
    {
        await using var town = await SampleSite.StartAsync([], Token);
        var site = await AddSiteAsync(town.Address + "de/seebad-live.html", RenderMode.Auto, maxDepth: 0);

        var run = await Crawler.CrawlAsync(site);

        var line = (await Crawler.ReportAsync(run))["/de/seebad-live.html"];
        Assert.Equal("new", line.State);
        Assert.True(line.Rendered);
        Assert.Equal("rendered: #app is empty until a script fills it", line.Detail);
        Assert.Contains("Aqua-Jogging", await TextOfAsync("/de/seebad-live.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_pages_that_gain_by_it_are_rendered_and_each_says_why()
    {
        Web.Html("/data.json", "{\"text\":\"The pool opens at seven in the morning, on all days but Sunday.\"}")
            .Page("/", "Start", $"<p>{Prose}</p><a href=/plain>a</a> <a href=/app/1>b</a> <a href=/slim/1>c</a>")
            .Page("/plain", "Plain", "<p>Hardly anything here.</p>")
            .Html("/app/1", App)
            .Page("/behind", "Behind", $"<p>Found by a script. {Prose}</p>")
            .Page("/slim/1", "Slim", "<p>As short with its scripts as without.</p><script>1</script>");
        var site = await AddSiteAsync(Web.Url("/"), RenderMode.Auto);

        var report = await Crawler.ReportAsync(await Crawler.CrawlAsync(site));

        Assert.Equal(["/", "/app/1", "/behind", "/plain", "/slim/1"], report.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["/app/1"], report.Where(l => l.Value.Rendered).Select(l => l.Key));
        Assert.Equal("rendered: #root is empty until a script fills it", report["/app/1"].Detail);
        Assert.Equal("read as fetched: little text beside scripts, but rendering gained nothing", report["/slim/1"].Detail);
        Assert.Null(report["/plain"].Detail);
        Assert.Contains("The pool opens at seven", await TextOfAsync("/app/1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_pages_of_a_kind_never_gain_by_is_learned_and_kept()
    {
        var links = Enumerable.Range(0, 12).Select(i => $"<p><a href=/slim/{i}>{i}</a></p>");
        Web.Page("/", "Start", $"<p>{Prose}</p>{string.Concat(links)}");
        for (var i = 0; i < 12; i++)
            Web.Page($"/slim/{i}", $"Slim {i}", $"<p>Number {i} has little.</p><script>1</script>");
        var site = await AddSiteAsync(Web.Url("/"), RenderMode.Auto);

        var first = await Crawler.ReportAsync(await Crawler.CrawlAsync(site));
        for (var i = 0; i < 12; i++)
            Web.Page($"/slim/{i}", $"Slim {i}", $"<p>Number {i} has as little as ever.</p><script>1</script>");
        await Crawler.DisposeAsync();
        Crawler = await CrawlHost.StartAsync(Data.Path);
        var second = await Crawler.ReportAsync(await Crawler.CrawlAsync(site));

        Assert.Contains(first.Values, l => l.Detail?.StartsWith("not rendered", StringComparison.Ordinal) == true);
        Assert.Equal(12, second.Values.Count(l => l.Detail == "not rendered: little text beside scripts, but on pages like this nothing was gained by it"));
    }

    [Fact]
    public async Task A_rendered_page_changes_with_its_data_though_its_bytes_stay()
    {
        Web.Html("/data.json", "{\"text\":\"The pool opens at seven in the morning, on all days but Sunday.\"}").Html("/", App).Page("/behind", "Behind", $"<p>{Prose}</p>");
        var site = await AddSiteAsync(Web.Url("/"), RenderMode.Auto);
        await Crawler.CrawlAsync(site);

        var same = await Crawler.ReportAsync(await Crawler.CrawlAsync(site));
        Web.Html("/data.json", "{\"text\":\"The pool is closed for repairs until spring, and so is the sauna.\"}");
        var changed = await Crawler.ReportAsync(await Crawler.CrawlAsync(site));

        Assert.Equal("unchanged", same["/"].State);
        Assert.Equal("changed", changed["/"].State);
        Assert.Contains("closed for repairs", await TextOfAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_leads_elsewhere_leads_the_crawl_there()
    {
        Web.Html("/", "<!doctype html><title>Choose</title><script>location.replace('/en/')</script>").Page("/en/", "English", $"<p>{Prose}</p>");
        var site = await AddSiteAsync(Web.Url("/"), RenderMode.Auto);

        var report = await Crawler.ReportAsync(await Crawler.CrawlAsync(site));

        Assert.Equal(("duplicate", "redirect"), (report["/"].State, report["/"].Reason));
        Assert.Equal("new", report["/en/"].State);
    }

    [Fact]
    public async Task Robots_txt_speaks_of_pages_and_not_of_the_scripts_and_data_that_make_them()
    {
        await using var other = await TestSite.StartAsync(app => app.MapGet("/lib.js", () => Results.Text(
            "fetch('/data').then(r => r.json()).then(d => root.innerHTML = `<main><h1>Pool</h1><p>${d.text}</p><a href=/data>Data</a></main>`)", "text/javascript")));
        other.Html("/robots.txt", "User-agent: *\nDisallow: /");
        Web.Html("/robots.txt", "User-agent: *\nDisallow: /data")
            .Html("/data", "{\"text\":\"The pool opens at seven in the morning, on all days but Sunday.\"}")
            .Html("/", $"<!doctype html><html lang=en><title>Pool</title><body><div id=root></div><script src={other.Url("/lib.js")}></script></body></html>");
        var site = await AddSiteAsync(Web.Url("/"), RenderMode.Auto);

        var report = await Crawler.ReportAsync(await Crawler.CrawlAsync(site));

        Assert.Contains("The pool opens at seven", await TextOfAsync("/"), StringComparison.Ordinal);
        Assert.Equal(["/lib.js"], other.Requests);
        // Linked to, it is a URL like any other.
        Assert.Equal(("skipped", "robots"), (report["/data"].State, report["/data"].Reason));
    }

    [Fact]
    public async Task Without_a_browser_pages_are_read_as_fetched_unless_they_must_be_rendered()
    {
        await Crawler.DisposeAsync();
        Crawler = await CrawlHost.StartAsync(Data.Path, ("Crawler:Render:ExecutablePath", "/nowhere/chromium"));
        Web.Html("/", App);

        var auto = await Crawler.ReportAsync(await Crawler.CrawlAsync(await AddSiteAsync(Web.Url("/"), RenderMode.Auto)));
        var always = await Crawler.ReportAsync(await Crawler.CrawlAsync(await AddSiteAsync(Web.Url("/"), RenderMode.Always)));

        Assert.Equal("new", auto["/"].State);
        Assert.StartsWith("not rendered, though #root is empty", auto["/"].Detail, StringComparison.Ordinal);
        Assert.Equal(("failed", "no-browser"), (always["/"].State, always["/"].Reason));
    }

    [Fact]
    public async Task A_renderer_that_hangs_does_not_keep_a_run_from_its_end()
    {
        await Crawler.DisposeAsync();
        Crawler = await CrawlHost.StartAsync(
            Data.Path,
            services => services.AddSingleton<IPageRenderer, HangingRenderer>(),
            ("Crawler:Render:StartTimeout", "00:00:01"), ("Crawler:Render:Timeout", "00:00:01"));
        Web.Page("/", "Prose", $"<p>{Prose}</p>");

        var report = await Crawler.ReportAsync(await Crawler.CrawlAsync(await AddSiteAsync(Web.Url("/"), RenderMode.Always)));

        Assert.Equal("new", report["/"].State);
        Assert.Equal("read as fetched, rendering failed: the renderer did not answer within 4 s", report["/"].Detail);
    }

    private const string App = """
        <!doctype html><html lang="en"><head><title>Pool</title></head><body><div id="root">Loading…</div><noscript>You need JavaScript.</noscript>
        <script>fetch('/data.json').then(r => r.json()).then(d => root.innerHTML = `<main><h1>Pool</h1><p>${d.text}</p><a href="/behind">More</a></main>`)</script></body></html>
        """;

    private Task<Site> AddSiteAsync(string url, RenderMode mode, int maxDepth = 50) =>
        Crawler.AddSiteAsync(new SiteScope { StartUrls = [url], MaxDepth = maxDepth }, mode);

    private async Task<string> TextOfAsync(string path)
    {
        var document = (await Crawler.DocumentsAsync())[path];
        var blob = await Crawler.Services.GetRequiredService<IBlobStore>().GetAsync(document.BlobHash!, Token);
        return string.Join('\n', HtmlPage.Parse(blob!, "utf-8", new Uri(document.Url), Token).Extract().Blocks.Select(b => b.Text));
    }

    // As a driver that is stuck: nothing that can be started does that at will.
    private sealed class HangingRenderer : IPageRenderer
    {
        public Task<RenderResult> RenderAsync(RenderRequest request, CancellationToken cancellationToken) => new TaskCompletionSource<RenderResult>().Task;
    }
}
