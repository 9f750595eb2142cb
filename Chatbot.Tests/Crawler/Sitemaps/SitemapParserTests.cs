using System.Text;
using Chatbot.Crawler.Sitemaps;
using Xunit;

namespace Chatbot.Tests.Crawler.Sitemaps;

public sealed class SitemapParserTests
{
    [Fact]
    public void A_sitemap_names_pages_their_dates_and_other_languages_but_no_pictures()
    {
        var content = Parse("""
            <?xml version="1.0" encoding="UTF-8"?>
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:xhtml="http://www.w3.org/1999/xhtml">
              <url><loc> https://town.example/a?x=1&amp;y=2 </loc><lastmod>2026-03-01</lastmod>
                <image:image><image:loc>https://town.example/a.jpg</image:loc></image:image></url>
              <url><xhtml:link rel="alternate" hreflang="fr" href="https://town.example/fr/b"/>
                <loc><![CDATA[https://town.example/b]]></loc><lastmod>2026-03-02T10:00:00+02:00</lastmod></url>
              <url><lastmod>2026-01-01</lastmod></url>
              <url><loc>https://town.example/c</loc><lastmod>yesterday</lastmod></url>
            </urlset>
            """);

        Assert.Null(content.Problem);
        Assert.Equal(
            ["https://town.example/a?x=1&y=2 2026-03-01T00:00", "https://town.example/b 2026-03-02T08:00", "https://town.example/fr/b -", "https://town.example/c -"],
            content.Pages.Select(Text));
    }

    [Theory]
    [InlineData("2026", "2026-01-01T00:00")]
    [InlineData("2026-05", "2026-05-01T00:00")]
    [InlineData("2026-05-04T03:02:01.5Z", "2026-05-04T03:02")]
    [InlineData("Sat, 07 Sep 2024 00:00:01 GMT", "2024-09-07T00:00")]
    [InlineData("Sat, 07 Sep 2024 00:00:01 +0200", "2024-09-06T22:00")]
    [InlineData("07 Sep 2024 00:00:01 UT", "2024-09-07T00:00")]
    [InlineData("soon", null)]
    [InlineData("", null)]
    public void Dates_are_read_as_sitemaps_and_feeds_write_them(string text, string? expected)
    {
        Assert.Equal(expected, SitemapDates.Read(text)?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void An_index_names_sitemaps()
    {
        var content = Parse("<sitemapindex><sitemap><loc>https://town.example/1.xml</loc><lastmod>2026-01-02</lastmod></sitemap><sitemap><loc>/2.xml</loc></sitemap></sitemapindex>");

        Assert.Equal(["https://town.example/1.xml 2026-01-02T00:00", "/2.xml -"], content.Sitemaps.Select(Text));
        Assert.Empty(content.Pages);
    }

    [Theory]
    [InlineData("""<rss version="2.0"><channel><link>https://town.example/</link><item><title>A</title><link>https://town.example/a</link><pubDate>Sat, 07 Sep 2024 00:00:01 GMT</pubDate></item><item><guid>https://town.example/b</guid></item><item><guid isPermaLink="false">17</guid></item></channel></rss>""", "https://town.example/a 2024-09-07T00:00|https://town.example/b -")]
    [InlineData("""<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://town.example/"/><entry><link rel="enclosure" href="https://town.example/a.mp3"/><link href="https://town.example/a"/><updated>2026-02-03T00:00:00Z</updated></entry></feed>""", "https://town.example/a 2026-02-03T00:00")]
    [InlineData("""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"><item><link>https://town.example/a</link><dc:date>2026-02-03</dc:date></item></rdf:RDF>""", "https://town.example/a 2026-02-03T00:00")]
    [InlineData("https://town.example/a\r\n\n# a remark\nhttps://town.example/b\n", "https://town.example/a -|https://town.example/b -")]
    public void Feeds_and_plain_lists_are_read_too(string text, string expected)
    {
        Assert.Equal(expected.Split('|'), Parse(text).Pages.Select(Text));
    }

    [Fact]
    public void Damage_costs_what_stands_behind_it()
    {
        var content = Parse("\n  <?xml version=\"1.0\"?><urlset><url><loc>https://town.example/a</loc></url><url><loc>https://town.example/b</lo");

        Assert.Equal(["https://town.example/a -"], content.Pages.Select(Text));
        Assert.StartsWith("line 1", content.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!DOCTYPE urlset [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><urlset><url><loc>https://town.example/&e;</loc></url></urlset>")]
    [InlineData("<!DOCTYPE u [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><urlset><url><loc>https://town.example/&c;</loc></url></urlset>")]
    [InlineData("<!doctype html><html><body>Not here</body></html>")]
    [InlineData("")]
    [InlineData("nothing\nof use")]
    public void Entities_and_strange_files_bring_nothing_but_a_reason(string text)
    {
        var content = Parse(text);

        Assert.Empty(content.Pages);
        Assert.NotEmpty(content.Problem!);
    }

    [Fact]
    public void No_file_names_more_than_the_protocol_allows()
    {
        var content = Parse("<urlset>" + string.Concat(Enumerable.Range(0, SitemapParser.MaxEntries + 5).Select(i => $"<url><loc>https://t.example/{i}</loc></url>")) + "</urlset>");

        Assert.Equal(SitemapParser.MaxEntries, content.Pages.Count);
        Assert.NotNull(content.Problem);
    }

    private static SitemapContent Parse(string text) => SitemapParser.Parse(Encoding.UTF8.GetBytes(text));

    private static string Text(SitemapEntry entry) =>
        $"{entry.Url} {entry.LastModified?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture) ?? "-"}";
}
