using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Server.Crawling;

public sealed class PreviewCommandTests
{
    [Fact]
    public async Task Rules_are_explained_and_tried_from_the_command_line_without_a_trace()
    {
        await using var site = await TestSite.StartAsync();
        site.Page("/", "Town", "<p>All there is to know about our town.</p><a href=\"/a\">a</a><a href=\"/old/b\">b</a>");
        site.Page("/a", "Bridge", "<p>All there is to know about the bridge.</p>");
        using var installation = new Installation();

        var explained = await installation.RunAsync("crawl", site.Url("/"), "--allow-private", "--exclude", "*/old/*", "--explain", site.Url("/old/b"));
        var preview = await installation.RunAsync("crawl", site.Url("/"), "--allow-private", "--exclude", "*/old/*", "--preview", "--json");

        Assert.Equal(0, explained.ExitCode);
        Assert.StartsWith("out", explained.Output, StringComparison.Ordinal);
        Assert.Contains("excluded by */old/*", explained.Output, StringComparison.Ordinal);
        Assert.Equal(0, preview.ExitCode);
        Assert.Equal(2, preview.Object.GetProperty("estimate").GetProperty("pages").GetInt32());
        Assert.Equal(0, installation.Count("SELECT (SELECT COUNT(*) FROM sites) + (SELECT COUNT(*) FROM crawl_runs) + (SELECT COUNT(*) FROM documents)"));
    }

    [Fact]
    public async Task Broken_links_are_written_beside_the_report()
    {
        await using var site = await TestSite.StartAsync();
        site.Page("/", "Town", "<p>All there is to know about our town.</p><a href=\"/lost\">lost</a>");
        using var installation = new Installation();
        var file = Path.Combine(installation.Directory, "broken.csv");

        await installation.CrawlAsync(site.Url("/"), "--broken-links", file);

        Assert.Equal($"{site.Url("/lost")},not-found,404 Not Found,404,{site.Url("/")}", (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken))[1]);
    }
}
