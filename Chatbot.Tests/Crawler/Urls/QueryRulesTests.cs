using Chatbot.Core.Sites;
using Chatbot.Crawler.Urls;
using Xunit;

namespace Chatbot.Tests.Crawler.Urls;

public sealed class QueryRulesTests
{
    [Theory]
    [InlineData("?id=1&utm_source=x&UTM_Medium=y&fbclid=z&gclid=q", "?id=1")]
    [InlineData("?PHPSESSID=abc&id=1", "?id=1")]
    [InlineData("?sid=0a1b2c3d4e5f60718293a4b5&id=1", "?id=1")]
    [InlineData("?sid=17&id=1", "?sid=17&id=1")]
    [InlineData("?session=introduction-to-programming&id=1", "?session=introduction-to-programming&id=1")]
    [InlineData("?b=2&a=1", "?b=2&a=1")]
    public void Parameters_that_track_or_carry_sessions_are_dropped(string query, string expected)
    {
        Assert.Equal("https://town.example/p" + expected, new ScopeRulesFor(new SiteScope { StartUrls = ["https://town.example/"] }).Normalize(query));
    }

    [Fact]
    public void An_owner_says_what_else_is_dropped_and_what_is_kept()
    {
        var rules = new ScopeRulesFor(new SiteScope { StartUrls = ["https://town.example/"], DropParameters = ["sort", "view*"], KeepParameters = ["utm_page"] });
        var only = new ScopeRulesFor(new SiteScope { StartUrls = ["https://town.example/"], DropParameters = ["*"], KeepParameters = ["id"] });
        var sorted = new ScopeRulesFor(new SiteScope { StartUrls = ["https://town.example/"], SortParameters = true });

        Assert.Equal("https://town.example/p?id=1&utm_page=2", rules.Normalize("?sort=price&id=1&viewmode=list&utm_page=2&utm_source=x"));
        Assert.Equal("https://town.example/p?id=1", only.Normalize("?x=1&id=1&y"));
        Assert.Equal("https://town.example/p?a=1&b=2&b=1", sorted.Normalize("?b=2&a=1&b=1"));
    }

    private sealed class ScopeRulesFor(SiteScope scope)
    {
        private readonly ScopeRules _rules = new(scope, new TrapOptions(), TimeProvider.System);

        public string? Normalize(string query) => _rules.Normalize("https://town.example/p" + query);
    }
}
