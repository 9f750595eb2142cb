using System.Text.Json;
using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Server.Searching;

public sealed class ExplainedSearchTests(CrawledBoats crawled) : IClassFixture<CrawledBoats>
{
    private const string Question = "When does the ferry leave?";

    private readonly Installation installation = crawled.Installation;
    private readonly TestSite site = crawled.Site;

    [Fact]
    public async Task Each_passage_shows_the_parts_of_its_score()
    {
        var result = await installation.RunAsync("search", Question, "--explain", "--json", "--top", "3");

        Assert.Equal(0, result.ExitCode);
        var first = result.Json[0].GetProperty("explanation");
        Assert.Equal(site.Url("/ferry"), first.GetProperty("url").GetString());
        Assert.Equal(1, first.GetProperty("rankByWords").GetInt32());
        Assert.Contains("ferry", Strings(first.GetProperty("matchedWords")));
        Assert.True(first.GetProperty("words").GetDouble() > 0);
        Assert.NotEmpty(first.GetProperty("features").EnumerateArray());
        var whole = result.Json[^1];
        Assert.Equal(["ferry", "leave"], whole.GetProperty("words").EnumerateArray().Select(w => w.GetProperty("text").GetString()));
        Assert.InRange(whole.GetProperty("answerable").GetDouble(), 0, 1);
        Assert.True(whole.GetProperty("timings").GetProperty("index").GetDouble() > 0);

        var told = await installation.RunAsync("search", Question, "--explain");

        Assert.Contains("ferry (", told.Output, StringComparison.Ordinal);
        Assert.Contains("ms index", told.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/ferry", "found", "result 1")]
    [InlineData("/internal", "robots", "/internal")]
    [InlineData("/lost", "not-found", "404")]
    [InlineData("/never/linked", "not-crawled", "no page links to it")]
    public async Task A_page_that_was_expected_is_accounted_for(string path, string reason, string detail)
    {
        var result = await installation.RunAsync("search", Question, "--json", "--expect", site.Url(path));

        var expected = result.Json[^1].GetProperty("expected");
        Assert.Equal((site.Url(path), reason), (expected.GetProperty("url").GetString(), expected.GetProperty("reason").GetString()));
        Assert.Contains(detail, expected.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_others_beat_is_shown_with_those()
    {
        var result = await installation.RunAsync("search", "ferry over the river, boat number 7", "--json", "--top", "1", "--expect", site.Url("/boat/9"));

        var expected = result.Json[^1].GetProperty("expected");
        Assert.Equal("outranked", expected.GetProperty("reason").GetString());
        Assert.NotEmpty(Strings(expected.GetProperty("outrankedBy")));
        Assert.True(expected.GetProperty("passage").GetProperty("rank").GetInt32() > 1);
    }

    [Fact]
    public async Task An_address_that_is_none_is_named()
    {
        var result = await installation.RunAsync("search", Question, "--expect", "ferry.html");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--expect ferry.html", result.Error, StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Strings(JsonElement array) => array.EnumerateArray().Select(e => e.GetString());
}
