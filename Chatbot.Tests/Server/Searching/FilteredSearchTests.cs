using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Server.Searching;

public sealed class FilteredSearchTests(CrawledFerries crawled) : IClassFixture<CrawledFerries>
{
    private readonly Installation installation = crawled.Installation;
    private readonly TestSite site = crawled.Site;

    [Fact]
    public async Task Only_sources_that_are_wanted_are_found()
    {
        string[] all = await FindAsync(), english = await FindAsync("--url-prefix", site.Url("/en/")), german = await FindAsync("--language", "de");

        Assert.Contains("/de/ferry", all);
        Assert.Contains("/en/ferry", all);
        Assert.Equal(["/en/ferry", "/en/pool"], english.Order());
        Assert.Equal(["/de/ferry"], german);
    }

    [Fact]
    public async Task A_site_is_given_by_its_start_url_and_a_kind_of_file_by_its_ending()
    {
        Assert.Equal((await FindAsync()).Order(), (await FindAsync("--site", site.Url("/"), "--type", "html")).Order());
        Assert.Empty(await FindAsync("--type", "pdf"));
        var unknown = await installation.RunAsync("search", "ferry", "--site", "Harbour");
        var unread = await installation.RunAsync("search", "ferry", "--type", "exe");

        Assert.Equal((1, 2), (unknown.ExitCode, unread.ExitCode));
        Assert.Contains("no site 'Harbour'", unknown.Error, StringComparison.Ordinal);
        Assert.Contains("pdf, html or docx", unread.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_not_changed_since_is_left_out()
    {
        Assert.NotEmpty(await FindAsync("--changed-since", "2020-01-31"));
        Assert.Empty(await FindAsync("--changed-since", "2999-01-31"));
    }

    [Fact]
    public async Task A_time_that_is_none_is_named()
    {
        var result = await installation.RunAsync("search", "ferry", "--changed-since", "yesterday");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("yesterday", result.Error, StringComparison.Ordinal);
    }

    private async Task<string[]> FindAsync(params string[] options)
    {
        var result = await installation.RunAsync(["search", "when does the ferry leave", "--json", .. options]);
        Assert.Equal(0, result.ExitCode);
        return [.. result.Json.Select(line => new Uri(line.GetProperty("url").GetString()!).AbsolutePath).Distinct()];
    }
}
