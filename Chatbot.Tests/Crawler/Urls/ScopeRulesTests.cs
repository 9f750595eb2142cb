using Chatbot.Core.Sites;
using Chatbot.Crawler;
using Chatbot.Crawler.Urls;
using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Crawler.Urls;

public sealed class ScopeRulesTests
{
    [Theory]
    [InlineData("https://library.town.example/a", true)]
    [InlineData("https://new.library.town.example/a", true)]
    [InlineData("https://town.example/a", true)]
    [InlineData("https://hometown.example/a", false)]
    [InlineData("https://library.town.example:8443/a", false)]
    [InlineData("https://example/a", false)]
    public void Subdomains_are_in_when_their_site_says_so(string url, bool isIn) =>
        Assert.Equal(isIn, Rules(new SiteScope { StartUrls = ["https://www.town.example/"], Subdomains = true }).Explain(url).IsIn);

    [Theory]
    [InlineData("https://town.example/a", null)]
    [InlineData("http://www.town.example/a", null)]
    [InlineData("https://town.example/guide.pdf", null)]
    [InlineData("https://town.example/notes.md", null)]
    [InlineData("https://town.example/form.docx", null)]
    [InlineData("https://town.example/prices.xlsx", null)]
    [InlineData("https://town.example/prices.ods", null)]
    [InlineData("https://town.example/letter.rtf", null)]
    [InlineData("https://town.example/form.doc", PageReasons.FileType)]
    [InlineData("https://other.example/a", PageReasons.OffHost)]
    [InlineData("https://town.example:8443/a", PageReasons.OffHost)]
    [InlineData("https://sub.town.example/a", PageReasons.OffHost)]
    [InlineData("https://town.example/photo.JPG", PageReasons.FileType)]
    [InlineData("https://town.example/site.css?v=3", PageReasons.FileType)]
    [InlineData("mailto:mayor@town.example", PageReasons.NotHttp)]
    [InlineData("https://town.example/a/b/a/b/a/b/a/b", PageReasons.RepeatingPath)]
    [InlineData("https://town.example/l?a=1&b=1&c=1&d=1&e=1&f=1&g=1&h=1&i=1&j=1&k=1&l=1&m=1", PageReasons.TooManyParameters)]
    [InlineData("https://town.example/events/2031/05", PageReasons.Calendar)]
    [InlineData("https://town.example/events?year=2031&month=5", PageReasons.Calendar)]
    [InlineData("https://town.example/events/2026/05", null)]
    [InlineData("https://town.example/products/12345-02", null)]
    public void Each_address_is_in_or_out_for_a_reason(string url, string? reason)
    {
        var verdict = Rules(new SiteScope { StartUrls = ["https://town.example/"] }).Explain(url);

        Assert.Equal(reason, verdict.Reason);
        Assert.Equal(reason is null, verdict.IsIn);
        Assert.NotEmpty(verdict.Detail);
    }

    [Theory]
    [InlineData("https://docs.example/a", true)]
    [InlineData("https://www.docs.example/a", true)]
    [InlineData("https://new.docs.example/a", false)]
    [InlineData("https://art.museum.example/a", true)]
    [InlineData("https://museum.example/a", false)]
    [InlineData("https://files.example:8443/a", true)]
    [InlineData("https://files.example/a", false)]
    [InlineData("https://xn--bcher-kva.example/a", true)]
    public void Further_hosts_belong_to_a_site(string url, bool isIn) =>
        Assert.Equal(isIn, Rules(new SiteScope { StartUrls = ["https://town.example/"], Hosts = ["docs.example", "*.museum.example", "files.example:8443", "bücher.example"] }).Explain(url).IsIn);

    [Theory]
    [InlineData("https://town.example/a", null)]
    [InlineData("https://town.example/a.pdf", null)]
    [InlineData("https://town.example/a.docx", PageReasons.FileType)]
    [InlineData("https://town.example/a.ods", PageReasons.FileType)]
    [InlineData("https://town.example/a.CSV?v=2", PageReasons.FileType)]
    [InlineData("https://town.example/a.txt", PageReasons.FileType)]
    public void A_site_may_be_read_for_some_kinds_of_files(string url, string? reason) =>
        Assert.Equal(reason, Rules(new SiteScope { StartUrls = ["https://town.example/"], FileTypes = ["html", "pdf"] }).Explain(url).Reason);

    [Theory]
    [InlineData("*/de/*", "https://other.example/de/a", false)]
    [InlineData("/\\/de\\//", "https://other.example/de/a", false)]
    [InlineData("https://*/de/*", "https://other.example/de/a", false)]
    [InlineData("*/de/*", "https://town.example/de/a", true)]
    [InlineData("https://other.example/*", "https://other.example/de/a", true)]
    [InlineData("/other\\.example/", "https://other.example/de/a", true)]
    public void A_pattern_takes_other_hosts_only_by_their_names(string pattern, string url, bool isIn) =>
        Assert.Equal(isIn, Rules(new SiteScope { StartUrls = ["https://town.example/"], Include = [pattern] }).Explain(url).IsIn);

    [Theory]
    [InlineData("https://town.example/de/a", true)]
    [InlineData("https://town.example/en/a", false)]
    [InlineData("https://docs.example/v12/a", true)]
    [InlineData("https://docs.example/latest/a", false)]
    [InlineData("https://town.example/de/old/a", false)]
    [InlineData("https://town.example/", true)]
    public void Include_and_exclude_take_globs_and_expressions(string url, bool isIn)
    {
        var rules = Rules(new SiteScope
        {
            StartUrls = ["https://town.example/"],
            Include = ["https://town.example/de/*", @"/^https:\/\/docs\.example\/v\d+\//"],
            Exclude = ["*/old/*"],
        });

        Assert.Equal(isIn, rules.Explain(url).IsIn);
    }

    [Fact]
    public void An_expression_that_runs_away_is_stopped()
    {
        var rules = Rules(new SiteScope { StartUrls = ["https://town.example/"], Exclude = [@"/(?=x)?((a+)+)+$/"] });

        Assert.True(rules.Explain("https://town.example/" + new string('a', 200) + "!").IsIn);
    }

    [Theory]
    [InlineData("no address", "*")]
    [InlineData("https://town.example/", "/(/")]
    public void What_cannot_be_read_is_named(string start, string pattern)
    {
        var error = Assert.Throws<ArgumentException>(() => Rules(new SiteScope { StartUrls = [start], Exclude = [pattern] }));

        Assert.Contains(start == "no address" ? start : pattern, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_far_from_the_start_is_out()
    {
        var rules = Rules(new SiteScope { StartUrls = ["https://town.example/"], MaxDepth = 2 });

        Assert.True(rules.Explain("https://town.example/a", 2).IsIn);
        Assert.Equal(PageReasons.TooDeep, rules.Explain("https://town.example/a", 3).Reason);
    }

    private static ScopeRules Rules(SiteScope scope) => new(scope, new TrapOptions(), new ManualTimeProvider());
}
