using System.Text;
using Chatbot.Crawler.Robots;
using Xunit;

namespace Chatbot.Tests.Crawler.Robots;

public sealed class RobotsFileTests
{
    [Theory]
    [InlineData("User-agent: Gull\nDisallow: /nest", "/nest/egg", false)]
    [InlineData("User-agent: Gull\nDisallow: /nest", "/sea", true)]
    [InlineData("User-agent: Tern\nDisallow: /", "/nest", true)]
    [InlineData("Disallow: /nest\nUser-agent: Gull\nDisallow: /rock", "/nest", true)]
    [InlineData("User-agent: Gull\nDisallow: /a\n\nUser-agent: Tern\nDisallow: /\n\nUser-agent: gull\nDisallow: /b", "/b", false)]
    [InlineData("User-agent: Gull\nUser-agent: Tern\n\nDisallow: /a", "/a", false)]
    [InlineData("User-agent: *\nDisallow: /\nUser-agent: Gull/2.0 (birds)\nDisallow: /a", "/b", true)]
    [InlineData("User-agent: *\nDisallow: /\nUser-agent: Gull", "/b", true)]
    [InlineData("User-agent: *\nCrawl-delay: 3\nUser-agent: Tern\nDisallow: /a", "/a", false)]
    public void Groups_speak_to_the_agents_they_name(string robots, string path, bool allowed) => Assert.Equal(allowed, Check(robots, path).Allowed);

    [Theory]
    [InlineData("Allow: /shore/\nDisallow: /shore", "/shore/walk", true)]
    [InlineData("Allow: /shore\nDisallow: /shore", "/shore", true)]
    [InlineData("Disallow: /*.pdf$\nAllow: /", "/tide.pdf", false)]
    [InlineData("Disallow: /*.pdf$", "/tide.pdf?y=1", true)]
    [InlineData("Disallow: /*/private", "/a/b/private/c", false)]
    [InlineData("Disallow: /price$list", "/price$list", false)]
    [InlineData("Disallow: /price$list", "/price", true)]
    [InlineData("Disallow: /%7Egull", "/~gull", false)]
    [InlineData("Disallow: /möwe", "/m%c3%b6we", false)]
    [InlineData("Disallow: /a%2fb", "/a/b", true)]
    [InlineData("Disallow: /star%2A", "/star*", false)]
    [InlineData("Disallow: /star%2A", "/starfish", true)]
    [InlineData("Disallow:", "/anything", true)]
    [InlineData("Disallow: /", "/robots.txt", true)]
    [InlineData("Allow: /docs/index.html\nDisallow: /", "/docs/", true)]
    [InlineData("Disalow: /x", "/x", false)]
    [InlineData("Disallow /x", "/x", false)]
    [InlineData("Disallow: /x # not for us", "/x", false)]
    public void The_longest_matching_rule_decides(string rules, string path, bool allowed) =>
        Assert.Equal(allowed, Check("User-agent: *\n" + rules, path).Allowed);

    [Fact]
    public void The_verdict_names_the_line_that_decided()
    {
        var verdict = Check("User-agent: *\nDisallow: /cliff # steep", "/cliff/edge");

        Assert.Equal("Disallow: /cliff", verdict.Rule);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\n")]
    public void All_line_ends_count(string end) => Assert.False(Check(string.Join(end, "User-agent: *", "", "Disallow: /x", ""), "/x").Allowed);

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_line()
    {
        byte[] content = [0xEF, 0xBB, 0xBF, .. "User-agent: *\nDisallow: /x"u8];

        Assert.False(RobotsFile.Parse(content).Check("Gull", "https://coast.example/x").Allowed);
    }

    [Fact]
    public void What_stands_behind_500_kibibytes_is_not_read_and_no_line_is_cut()
    {
        var filling = "User-agent: *\n" + string.Concat(Enumerable.Repeat("# " + new string('w', 97) + "\n", 5_120));
        var cut = filling[..(RobotsFile.MaxBytes - 11)] + "\nDisallow: /only-this-page\nDisallow: /late\n";

        Assert.True(Check(cut, "/").Allowed);
        Assert.True(Check(cut, "/late").Allowed);
    }

    [Fact]
    public void Many_stars_take_no_time()
    {
        var rule = "/" + string.Concat(Enumerable.Repeat("*a", 1_000)) + "*b$";

        Assert.True(Check("User-agent: *\nDisallow: " + rule, "/" + new string('a', 1_900)).Allowed);
    }

    [Fact]
    public void Sitemaps_and_delays_are_read()
    {
        var file = RobotsFile.Parse("Sitemap: https://coast.example/a.xml\nUser-agent: Gull\nCrawl-delay: 2.5\nDisallow: /x\nsite-map: /b.xml"u8);

        Assert.Equal(["https://coast.example/a.xml", "/b.xml"], file.Sitemaps);
        Assert.Equal(TimeSpan.FromSeconds(2.5), file.For("GULL").CrawlDelay);
        Assert.Null(file.For("Tern").CrawlDelay);
    }

    [Fact]
    public void Any_bytes_can_be_read()
    {
        var junk = new byte[50_000];
        new Random(7).NextBytes(junk);

        Assert.True(RobotsFile.Parse(junk).Check("Gull", "https://coast.example/").Allowed);
    }

    private static RobotsVerdict Check(string robots, string path) =>
        RobotsFile.Parse(Encoding.UTF8.GetBytes(robots)).Check("Gull", "https://coast.example" + path);
}
