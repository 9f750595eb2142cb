using Chatbot.Core.Crawling;
using Chatbot.Core.Extractions;
using Chatbot.Crawler;
using Chatbot.Html;
using Chatbot.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Crawler.Hostile;

public sealed class HostileCrawlTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_site_full_of_malice_gives_exactly_its_documents_and_the_reasons_for_all_else()
    {
        using var data = new TemporaryDirectory();
        await using var hostile = await HostileSite.StartAsync();
        await using var crawler = await CrawlHost.StartAsync(
            data.Path,
            ("Crawler:Attempts", "2"),
            ("Crawler:MaxHostDelay", "00:00:00.020"),
            ("Crawler:Fetch:MaxPageBytes", $"{HostileSite.MaxPageBytes}"),
            ("Crawler:Fetch:MaxPdfBytes", $"{HostileSite.MaxPageBytes}"),
            ("Crawler:Traps:MaxSameInARow", $"{HostileSite.LongestChain}"));
        var site = await crawler.AddSiteAsync(hostile.Web.Url("/"));

        var first = await crawler.CrawlAsync(site);

        Assert.Equal(CrawlRunState.Completed, first.State);
        Assert.Empty(Differences(hostile.Expected.Select(e => (e.Key, e.Value.State, e.Value.Reason)), await EndsAsync(crawler, first)));
        var documents = await crawler.DocumentsAsync();
        Assert.Equal(hostile.Expected.Where(e => e.Value.State == "new").Select(e => e.Key).Order(StringComparer.Ordinal), documents.Keys);
        foreach (var (address, text) in hostile.Texts)
            Assert.Contains(text, await TextOfAsync(crawler, address), StringComparison.Ordinal);
        Assert.DoesNotContain("Nobody shall ever read", await TextOfAsync(crawler, "/j/accordion"), StringComparison.Ordinal);
        Assert.DoesNotContain("cookies", await TextOfAsync(crawler, "/j/accordion"), StringComparison.Ordinal);
        Assert.DoesNotContain("/x/unfollowed", hostile.Web.Requests);

        // Once more: the same ends, and not a word about changes where there were none.
        var second = await crawler.CrawlAsync(site);

        Assert.Empty(
            Differences(hostile.Expected.Select(e => (e.Key, e.Value.State == "new" ? "unchanged" : e.Value.State, e.Value.Reason)), await EndsAsync(crawler, second)));
        Assert.Equal(documents.Select(d => (d.Key, d.Value.Id, d.Value.Version)), (await crawler.DocumentsAsync()).Select(d => (d.Key, d.Value.Id, d.Value.Version)));
    }

    [Fact]
    public async Task A_page_that_comes_drop_by_drop_is_given_up()
    {
        using var data = new TemporaryDirectory();
        await using var web = await TestSite.StartAsync(app => app.MapGet("/drip", (HttpContext context) => HostileSite.DripAsync(context, int.MaxValue, TimeSpan.FromMilliseconds(100))));
        await using var crawler = await CrawlHost.StartAsync(data.Path, ("Crawler:Attempts", "2"), ("Crawler:Fetch:BodyTimeout", "00:00:00.500"));

        var run = await crawler.CrawlAsync(await crawler.AddSiteAsync(web.Url("/drip")));

        var line = (await crawler.ReportAsync(run))["/drip"];
        Assert.Equal(("failed", PageReasons.TimedOut), (line.State, line.Reason));
        Assert.Equal(2, web.CountOf("/drip"));
    }

    [Fact]
    public async Task A_page_that_is_never_at_rest_is_read_twice_alike()
    {
        using var data = new TemporaryDirectory();
        await using var web = await TestSite.StartAsync();
        web.Html("/", """
            <!doctype html><html lang=en><title>Clock</title><body><div id=app></div><script>
            app.innerHTML = '<main><h1>Clock</h1><p>The clock of the tower is never quite at rest, and tells its time to all.</p></main><footer id=s></footer>';
            setInterval(() => s.textContent = performance.now(), 20);
            </script></body></html>
            """);
        await using var crawler = await CrawlHost.StartAsync(data.Path, ("Crawler:Render:SettleTimeout", "00:00:01"));
        var site = await crawler.AddSiteAsync(web.Url("/"));

        var first = await crawler.ReportAsync(await crawler.CrawlAsync(site));
        var second = await crawler.ReportAsync(await crawler.CrawlAsync(site));

        Assert.Equal(("new", "unchanged"), (first["/"].State, second["/"].State));
        Assert.Contains("never quite at rest", await TextOfAsync(crawler, "/"), StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<(string Address, string State, string? Reason)>> EndsAsync(CrawlHost crawler, CrawlRun run) =>
        (await crawler.ReportAsync(run)).Select(l => (l.Key, l.Value.State, (string?)l.Value.Reason));

    private static List<string> Differences(IEnumerable<(string Address, string State, string? Reason)> expected, IEnumerable<(string Address, string State, string? Reason)> actual)
    {
        var (wanted, found) = (expected.Select(Line).ToHashSet(StringComparer.Ordinal), actual.Select(Line).ToHashSet(StringComparer.Ordinal));
        return [.. wanted.Except(found).Select(l => l + " (wanted)").Concat(found.Except(wanted).Select(l => l + " (found)")).Order(StringComparer.Ordinal)];
    }

    private static string Line((string Address, string State, string? Reason) end) =>
        $"{(end.Address.Length > 60 ? end.Address[..60] : end.Address)} {end.State} {end.Reason}";

    private static async Task<string> TextOfAsync(CrawlHost crawler, string address)
    {
        var document = (await crawler.DocumentsAsync())[address];
        // As the crawler read it: what the header said of the characters is in no blob.
        var page = await crawler.Services.GetRequiredService<IDocumentArchive>().FindAsync(document.BlobHash!, HtmlPage.ExtractorVersion, Token);
        return string.Join('\n', [page!.Title, .. page.Blocks.Select(b => b.Text)]);
    }
}
