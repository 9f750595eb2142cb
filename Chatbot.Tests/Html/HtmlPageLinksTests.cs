using Chatbot.Html;
using Xunit;

namespace Chatbot.Tests.Html;

public sealed class HtmlPageLinksTests
{
    [Fact]
    public void Links_are_absolute_distinct_and_in_document_order()
    {
        var page = Pages.Parse("""
            <link rel="alternate" hreflang="en" href="/en/office.html">
            <a href="b.html">B</a> <a href=" a.html#top ">A</a> <map><area href="/map.html"></map>
            <a href="b.html#again">B again</a> <iframe src="//other.example/frame"></iframe> <object data="plan.pdf" type="application/pdf"></object> <embed src="fees.pdf">
            <a href="mailto:a@b.example">mail</a> <a href="javascript:void(0)">js</a> <a href="#here">here</a> <a href="https://[broken">x</a>
            """);

        Assert.Equal(
            [
                "https://town.example/en/office.html", "https://town.example/services/b.html", "https://town.example/services/a.html",
                "https://town.example/map.html", "https://other.example/frame", "https://town.example/services/plan.pdf", "https://town.example/services/fees.pdf",
            ],
            page.Links.Select(l => l.Url));
        Assert.Equal(new HtmlAlternate("https://town.example/en/office.html", "en"), Assert.Single(page.Alternates));
    }

    [Theory]
    [InlineData("<meta http-equiv=refresh content='0; url=/new'>", "https://town.example/new", 0)]
    [InlineData("<meta http-equiv=Refresh content=\"5;URL='new.html' \">", "https://town.example/services/new.html", 5)]
    [InlineData("<meta http-equiv=refresh content='3.5, /new'>", "https://town.example/new", 3)]
    [InlineData("<meta http-equiv=refresh content='30'>", null, 0)]
    [InlineData("<meta http-equiv=refresh content='0;url=javascript:x()'>", null, 0)]
    [InlineData("<noscript><meta http-equiv=refresh content='0;url=/new'></noscript>", null, 0)]
    [InlineData("<meta name=refresh content='0;url=/new'>", null, 0)]
    public void A_page_that_leads_on_by_itself_says_where_and_when(string head, string? url, int seconds)
    {
        var page = Pages.Parse($"<head>{head}</head><p>Text</p>");

        Assert.Equal(url is null ? null : new HtmlRefresh(url, TimeSpan.FromSeconds(seconds)), page.Refresh);
        Assert.Equal(url is null ? [] : [url], page.Links.Select(l => l.Url));
    }

    [Fact]
    public void The_base_element_moves_relative_links()
    {
        var page = Pages.Parse("<head><base href='/archive/2026/'></head><a href=x.html>x</a>");

        Assert.Equal("https://town.example/archive/2026/", page.BaseUrl.AbsoluteUri);
        Assert.Equal("https://town.example/archive/2026/x.html", Assert.Single(page.Links).Url);
    }

    [Fact]
    public void A_link_is_nofollow_only_when_all_its_places_say_so()
    {
        var page = Pages.Parse("<a rel='ugc NoFollow' href=a>a</a><a rel=nofollow href=b>b</a><a href=b>b</a>");

        Assert.Equal([true, false], page.Links.Select(l => l.NoFollow));
    }

    [Fact]
    public void The_canonical_url_may_be_relative() =>
        Assert.Equal("https://town.example/services/office", Pages.Parse("<link rel=canonical href=office>").CanonicalUrl);

    [Theory]
    [InlineData("noindex, nofollow", true, true)]
    [InlineData("NONE", true, true)]
    [InlineData("noarchive,NoFollow", false, true)]
    [InlineData("all", false, false)]
    public void Robots_directives_are_read_from_the_page(string content, bool noIndex, bool noFollow) =>
        Assert.Equal(new(noIndex, noFollow), Pages.Parse($"<meta name=Robots content='{content}'>").RobotsFor("ourbot"));

    [Fact]
    public void Robots_directives_of_a_header_hold_for_the_robot_they_name()
    {
        Assert.Equal(new(true, false), RobotsDirectives.FromHeader(["noindex", "otherbot: nofollow"], "chatbot"));
        Assert.Equal(new(false, true), RobotsDirectives.FromHeader(["ChatBot: nofollow", "unavailable_after: 25 Jun 2030 15:00:00 PST"], "chatbot"));
        Assert.Equal(new(true, false), RobotsDirectives.FromHeader(["max-snippet:50, noindex"], "chatbot"));
    }
}
