using Chatbot.Core.Crawling;
using Chatbot.Core.Sites;
using Chatbot.Crawler;
using Chatbot.Tests.Crawler.Runs;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Crawler.Previews;

public sealed class SitePreviewTests : CrawlTests
{
    private static readonly string[] Words = ["bridge", "market", "river", "council", "library", "harbour", "garden", "station", "museum", "school", "mill", "forest", "tower"];

    // Nothing is left out because the machine is busy.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private ISitePreview Preview => Crawler.Services.GetRequiredService<ISitePreview>();

    [Theory]
    [InlineData("/a", true, null, "on 127.0.0.1")]
    [InlineData("/", true, null, "a start URL")]
    [InlineData("/old/x", false, PageReasons.Excluded, "*/old/*")]
    [InlineData("/secret/x", false, PageReasons.Robots, "Disallow: /secret")]
    [InlineData("/photo.jpg", false, PageReasons.FileType, ".jpg")]
    [InlineData("/events/2099/05", false, PageReasons.Calendar, "2099")]
    public async Task The_rule_that_decides_over_a_URL_is_named(string path, bool isIn, string? reason, string detail)
    {
        Put("/", "the town");
        Web.Html("/robots.txt", "User-agent: *\nDisallow: /secret\n");
        var site = await Crawler.AddSiteAsync(new SiteScope { StartUrls = [Web.Url("/")], Exclude = ["*/old/*"] });

        var explanation = await Preview.ExplainAsync(site, null, Web.Url(path), Token);

        Assert.Equal((isIn, reason), (explanation.IsIn, explanation.Reason));
        Assert.Contains(detail, explanation.Detail, StringComparison.Ordinal);
        Assert.Equal(isIn, explanation.Checks.All(c => c.IsPassed));
    }

    [Fact]
    public async Task An_explanation_tells_of_dropped_parameters_and_of_the_last_run()
    {
        Put("/", "the town", "/a", "/lost");
        Put("/a", "the bridge");
        var site = await Crawler.AddSiteAsync(Web.Url("/"));
        await Crawler.CrawlAsync(site);

        var kept = await Preview.ExplainAsync(site, null, Web.Url("/a?utm_source=mail"), Token);
        var lost = await Preview.ExplainAsync(site, null, Web.Url("/lost"), Token);

        Assert.Equal(Web.Url("/a"), kept.Address);
        Assert.Contains(kept.Checks, c => c is { Name: "parameters", Detail: "utm_source=mail is left out: it tracks visitors" });
        Assert.Contains(kept.Checks, c => c.Name == "last-run" && c.Detail.Contains("new", StringComparison.Ordinal));
        Assert.True(lost.IsIn);
        Assert.Contains(lost.Checks, c => c is { Name: "last-run", IsPassed: false });
    }

    [Fact]
    public async Task A_preview_says_of_each_URL_whether_it_would_be_taken_and_keeps_nothing()
    {
        Put("/", "the town", "/a", "/double", "/private", "/photo.jpg", "/lost", "https://elsewhere.example/");
        Put("/a", "the bridge");
        Put("/double", "the bridge");
        Put("/hidden", "the hidden garden");
        Web.Page("/private", "Private", "<p>Not for machines.</p>", "<meta name=robots content=noindex>");
        Web.Html("/sitemap.xml", $"<urlset><url><loc>{Web.Url("/hidden")}</loc></url></urlset>");
        var site = await Crawler.AddSiteAsync(Web.Url("/"));

        var preview = await Preview.PreviewAsync(site, null, new PreviewLimits(200, Patience, IsReusing: false), Token);

        Assert.True(preview.IsComplete);
        var reasons = preview.Pages.ToDictionary(p => new Uri(p.Url).Host == "127.0.0.1" ? new Uri(p.Url).PathAndQuery : p.Url, p => p.Reason);
        Assert.Equal([null, null], new[] { "/", "/hidden" }.Select(p => reasons[p]));
        Assert.Equal([null, PageReasons.SameContent], new[] { reasons["/a"], reasons["/double"] }.Order(StringComparer.Ordinal));
        Assert.Equal(
            [PageReasons.NoIndex, PageReasons.FileType, PageReasons.NotFound, PageReasons.OffHost],
            new[] { "/private", "/photo.jpg", "/lost", "https://elsewhere.example/" }.Select(p => reasons[p]));
        Assert.Equal(3, preview.Estimate.Pages);
        Assert.True(preview.Estimate is { Bytes: > 500, Tokens: > 30, PdfPages: 0 });
        Assert.Empty(await Crawler.DocumentsAsync());
        Assert.Empty(await Crawler.Runs.ListAsync(site.Id, 10, Token));
    }

    [Fact]
    public async Task A_preview_of_a_part_estimates_the_whole()
    {
        Put("/", "the town", [.. Enumerable.Range(0, 40).Select(i => $"/{i}")]);
        for (var i = 0; i < 40; i++)
            Put($"/{i}", $"house {i}");
        var site = await Crawler.AddSiteAsync(Web.Url("/"));

        var preview = await Preview.PreviewAsync(site, null, new PreviewLimits(11, Patience, IsReusing: false), Token);

        Assert.False(preview.IsComplete);
        Assert.Equal((11, 30, 41), (preview.Requests, preview.Waiting, preview.Estimate.Pages));
    }

    [Fact]
    public async Task A_preview_decides_as_a_run_does()
    {
        var article = string.Join(' ', Enumerable.Range(0, 300).Select(i => $"sentence {Words[i % Words.Length]} about {Words[i * 7 % Words.Length]} and {Words[i * 11 % Words.Length]}"));
        Put("/", "the town", "/moved", "/forward", "/none", "/article", "/article-again", "/shop", "/deep/1");
        Put("/target", "the target of a redirect");
        Web.Page("/article", "Article", $"<p>{article}</p>");
        Web.Page("/article-again", "Article", $"<p>{article} teaser</p>");
        Web.Page("/forward", "Forward", "", "<meta http-equiv=refresh content='0; url=/target'>");
        Web.Page("/none", "Page not found", "<p>Sorry, the page you are looking for was not found. Try our search.</p>");
        Web.Before = context =>
        {
            if (context.Request.Path == "/moved")
                context.Response.Redirect("/target");
            // Made-up addresses show what /none shows.
            else if (context.Request.Path.Value!.Trim('/') is { Length: > 15 } made && !made.Contains('-', StringComparison.Ordinal))
                context.Request.Path = "/none";
            else
                return Task.FromResult(false);
            return Task.FromResult(context.Response.StatusCode == 302);
        };
        var site = await Crawler.AddSiteAsync(Web.Url("/"));

        var preview = await Preview.PreviewAsync(site, null, new PreviewLimits(200, Patience, IsReusing: false), Token);
        var report = await Crawler.ReportAsync(await Crawler.CrawlAsync(site));

        Assert.True(preview.IsComplete);
        Assert.Equal(
            report.Select(l => (l.Key, l.Value.Reason, l.Value.State is "new")).Order(),
            preview.Pages.Select(p => (new Uri(p.Url).PathAndQuery, p.Reason, p.IsTaken)).Order());
        Assert.Contains(preview.Pages, p => p.Reason == PageReasons.SimilarContent);
        Assert.Equal(2, preview.Pages.Count(p => p.Reason == PageReasons.Redirect));
    }

    [Fact]
    public async Task Pages_made_by_scripts_are_read_as_a_run_reads_them()
    {
        Web.Html("/", "<!doctype html><title>App</title><div id=root></div><script>document.getElementById('root').innerHTML = '<h1>Town</h1><p>All of this text was made by a script, and it leads on.</p><a href=/inner>on</a>'</script>");
        Put("/inner", "the inner page");
        var site = await Crawler.AddSiteAsync(Web.Url("/"));

        var preview = await Preview.PreviewAsync(site, null, new PreviewLimits(200, Patience, IsReusing: false), Token);

        Assert.Equal(["/", "/inner"], preview.Pages.Where(p => p.IsTaken).Select(p => new Uri(p.Url).AbsolutePath));
        Assert.True(preview.Pages[0].NeedsBrowser);
    }

    [Fact]
    public async Task Other_rules_are_tried_on_what_was_fetched_before()
    {
        var asked = 0;
        Put("/", "the town", "/a", "/b");
        Put("/a", "the bridge");
        Put("/b", "the market", "/c");
        Put("/c", "the mill");
        Web.Before = context =>
        {
            Interlocked.Increment(ref asked);
            return Task.FromResult(false);
        };
        var site = await Crawler.AddSiteAsync(Web.Url("/"));
        var limits = new PreviewLimits(200, Patience, IsReusing: true);
        await Preview.PreviewAsync(site with { Scope = site.Scope with { Exclude = ["*/b"] } }, null, limits, Token);
        var before = asked;

        var narrower = await Preview.PreviewAsync(site with { Scope = site.Scope with { Exclude = ["*/a", "*/b"] } }, null, limits, Token);
        var between = asked;
        var wider = await Preview.PreviewAsync(site, null, limits, Token);

        Assert.Equal((1, 0), (narrower.Estimate.Pages, between - before));
        Assert.Equal((4, 2), (wider.Estimate.Pages, asked - between));
    }

    [Fact]
    public async Task What_was_not_looked_at_is_listed_as_waiting()
    {
        Put("/", "the town", [.. Enumerable.Range(0, 10).Select(i => $"/{i}")]);
        for (var i = 0; i < 10; i++)
            Put($"/{i}", $"house {i}");
        var site = await Crawler.AddSiteAsync(Web.Url("/"));

        var preview = await Preview.PreviewAsync(site, null, new PreviewLimits(4, Patience, IsReusing: false), Token);

        Assert.Equal((4, 7), (preview.Pages.Count(p => p.IsTaken), preview.Pages.Count(p => p is { IsTaken: false, Reason: CrawlPreview.Page.Waiting })));
    }

    [Fact]
    public async Task Rules_are_tried_without_being_saved()
    {
        Put("/", "the town", "/a", "/b");
        Put("/a", "the bridge");
        Put("/b", "the market");
        var site = await Crawler.AddSiteAsync(Web.Url("/"));

        var preview = await Preview.PreviewAsync(site with { Scope = site.Scope with { Exclude = ["*/b"] } }, null, new PreviewLimits(200, Patience, IsReusing: false), Token);

        Assert.Equal(2, preview.Estimate.Pages);
        Assert.Equal(PageReasons.Excluded, preview.Pages.Single(p => p.Url == Web.Url("/b")).Reason);
    }
}
