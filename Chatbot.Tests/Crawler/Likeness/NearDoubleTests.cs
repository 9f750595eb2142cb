using Chatbot.Core.Crawling;
using Chatbot.Core.Documents;
using Chatbot.Crawler;
using Chatbot.Tests.Crawler.Runs;
using Xunit;

namespace Chatbot.Tests.Crawler.Likeness;

public sealed class NearDoubleTests : CrawlTests
{
    [Fact]
    public async Task Of_pages_that_differ_by_a_few_words_the_shortest_address_is_kept_in_every_run()
    {
        Put("/", "the town", "/archive/ferry", "/deep");
        Put("/deep", "the way there", "/ferry");
        Web.Page("/archive/ferry", "Ferry", Article(1) + "<p>Seen before the lamp.</p>");
        Web.Page("/ferry", "Ferry", Article(1) + "<p>Read with some tea.</p>");
        var site = await Crawler.AddSiteAsync(Web.Url("/"));

        var first = await Crawler.CrawlAsync(site);
        var firstReport = await Crawler.ReportAsync(first);
        var firstDocuments = await VersionsAsync();
        var second = await Crawler.CrawlAsync(site);
        Web.Page("/archive/ferry", "Ferry", Article(1) + "<p>Sent behind my gate.</p>");
        var third = await Crawler.CrawlAsync(site);

        Assert.Equal(("duplicate", PageReasons.SimilarContent, Web.Url("/ferry")), End(firstReport["/archive/ferry"]));
        Assert.Equal(new CrawlCounters { Fetched = 4, New = 3, Duplicate = 1 }, first.Counters);
        Assert.Equal(new CrawlCounters { Fetched = 4, Unchanged = 3, Duplicate = 1 }, second.Counters);
        Assert.Equal(new CrawlCounters { Fetched = 4, Unchanged = 3, Duplicate = 1 }, third.Counters);
        Assert.Equal(firstDocuments, await VersionsAsync());
    }

    [Fact]
    public async Task A_page_that_gave_way_comes_in_when_the_other_is_gone()
    {
        Put("/", "the town", "/archive/ferry", "/ferry");
        Web.Page("/archive/ferry", "Ferry", Article(1) + "<p>Seen before the lamp.</p>");
        Web.Page("/ferry", "Ferry", Article(1) + "<p>Read with some tea.</p>");
        var site = await Crawler.AddSiteAsync(Web.Url("/"));
        await Crawler.CrawlAsync(site);
        Web.Remove("/ferry");

        var report = await Crawler.ReportAsync(await Crawler.CrawlAsync(site));

        Assert.Equal("gone", report["/ferry"].State);
        Assert.Equal("new", report["/archive/ferry"].State);
        Assert.Equal(["/", "/archive/ferry"], (await Crawler.DocumentsAsync()).Keys);
    }

    [Fact]
    public async Task A_page_that_gave_way_comes_in_when_it_says_something_else()
    {
        Put("/", "the town", "/archive/ferry", "/ferry");
        Web.Page("/archive/ferry", "Ferry", Article(1) + "<p>Seen before the lamp.</p>");
        Web.Page("/ferry", "Ferry", Article(1));
        var site = await Crawler.AddSiteAsync(Web.Url("/"));
        await Crawler.CrawlAsync(site);
        Web.Page("/archive/ferry", "Ferry", Article(2));

        var report = await Crawler.ReportAsync(await Crawler.CrawlAsync(site));

        Assert.Equal("new", report["/archive/ferry"].State);
        Assert.Equal("unchanged", report["/ferry"].State);
    }

    [Theory]
    [InlineData("a number", "<p>It costs 20 crowns.</p>", "<p>It costs 30 crowns.</p>")]
    [InlineData("a heading", "<h2>open(name)</h2>", "<h2>close(name)</h2>")]
    [InlineData("a table", "<table><tr><th>Colour</th><th>Size</th></tr><tr><td>red</td><td>large</td></tr></table>", "<table><tr><th>Colour</th><th>Size</th></tr><tr><td>blue</td><td>large</td></tr></table>")]
    [InlineData("code", "<pre><code>ferry.start();</code></pre>", "<pre><code>ferry.stop();</code></pre>")]
    public async Task Pages_of_one_make_that_differ_in_what_matters_are_all_kept(string what, string one, string other)
    {
        Put("/", "the town", "/one", "/other", "/short/one", "/short/other");
        Web.Page("/one", "Ferry", Article(1) + one);
        Web.Page("/other", "Ferry", Article(1) + other);
        Web.Page("/short/one", "Short", $"<p>A short text about {what} and a horse.</p>");
        Web.Page("/short/other", "Short", $"<p>A short text about {what} and a goose.</p>");

        var run = await Crawler.CrawlAsync(await Crawler.AddSiteAsync(Web.Url("/")));

        Assert.Equal(new CrawlCounters { Fetched = 5, New = 5 }, run.Counters);
    }

    /// <summary>About 900 words without numbers, others for each seed.</summary>
    private static string Article(int seed)
    {
        string[] words =
        [
            "river", "boat", "ticket", "captain", "harbour", "morning", "bridge", "child", "bicycle", "winter", "island", "mill", "market", "rope", "bell", "garden",
            "carries", "leaves", "waits", "returns", "crosses", "opens", "closes", "meets", "the", "a", "his", "their", "with", "under", "before", "behind", "old", "quiet", "long", "red",
        ];
        var random = new Random(seed);
        return string.Concat(Enumerable.Range(0, 60).Select(_ => $"<p>{string.Join(' ', Enumerable.Range(0, 15).Select(_ => words[random.Next(words.Length)]))}.</p>"));
    }

    private static (string State, string? Reason, string? Detail) End(Chatbot.Backends.Crawling.CrawlReportLine line) => (line.State, line.Reason, line.Detail);

    private async Task<List<(string Address, string Id, long Version, DocumentStatus Status)>> VersionsAsync() =>
        [.. (await Crawler.DocumentsAsync()).Select(d => (d.Key, d.Value.Id, d.Value.Version, d.Value.Status))];
}
