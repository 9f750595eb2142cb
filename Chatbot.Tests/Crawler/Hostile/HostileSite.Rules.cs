using System.IO.Compression;
using System.Text;
using Chatbot.Crawler;
using Microsoft.AspNetCore.Http;

namespace Chatbot.Tests.Crawler.Hostile;

/// <content>What robots are asked, and where sitemaps lead.</content>
internal sealed partial class HostileSite
{
    private const string Robots =
        "\uFEFF# Not everything is for everyone\r\nSitemap: /maps/index.xml\r\n\r\nUser-agent: *\r\nDisallow: /\r\n\r\nuser-agent: CHATBOTCRAWLER/7.0\r\nUser-Agent: otherbot\r\n"
        + "Disallow: /private # and all that is in it\r\nallow: /private/open\r\nDisallow: /*.cgi$\r\nDisallow: /caf%c3%a9\r\nDisallow: /q?*secret=\r\nDisallow:\r\nnonsense\r\n"
        + "\0\u00FF:::\r\n\r\nUser-agent: chatbotcrawler\r\nDisallow: /second-group\r\n";

    private void AddRobots()
    {
        _answers.Add("/robots.txt", context => BytesAsync(context, "text/plain", Encoding.UTF8.GetBytes(Robots)));
        foreach (var address in new[] { "/private", "/private/plan", "/privateer", "/x/run.cgi", "/caf%C3%A9/menu", "/q?a=1&secret=2", "/second-group" })
            Link(address, "skipped", PageReasons.Robots);
        AddPage("/private/open");
        AddPage("/x/run.cgi?a=1");
        AddPage("/q?a=1");

        AddPage("/x/none", "<a href=/x/not-followed>x</a>", "<meta name=robots content=NONE>", "skipped", PageReasons.NoIndex);
        AddPage("/x/noindex", "<a href=/x/behind>x</a>", "<meta name=robots content='index, noindex'>", "skipped", PageReasons.NoIndex);
        ExpectPage("/x/behind");
        AddPage("/x/nofollow", "<a href=/x/not-followed>x</a>", "<meta name=robots content=nofollow>");
        AddPage("/x/noindex-for-us", "", "<meta name=ChatbotCrawler content=noindex>", "skipped", PageReasons.NoIndex);
        AddPage("/x/noindex-for-another", "", "<meta name=otherbot content=noindex>", "new", null);
        AddTagged("/x/tag", "noindex", "skipped", PageReasons.NoIndex);
        AddTagged("/x/tag-for-another", "otherbot: noindex", "new", null);
        AddTagged("/x/tag-for-us", "chatbotcrawler: noindex", "skipped", PageReasons.NoIndex);
    }

    private void AddTagged(string address, string tag, string state, string? reason)
    {
        var html = Framed("About " + address, $"<p>{Sentence(address)}</p>");
        Add(address, state, reason, context =>
        {
            context.Response.Headers["X-Robots-Tag"] = tag;
            return HtmlAsync(context, html);
        });
    }

    private void AddSitemaps()
    {
        AddMap("/maps/index.xml", context => Encoding.UTF8.GetBytes($"<sitemapindex>{string.Concat(
            new[] { "inner.xml", "packed.xml.gz", "list.txt", "feed.atom", "damaged.xml", "bomb.xml.gz", "missing.xml", "index.xml" }.Select(m => $"<sitemap><loc>{Root(context)}/maps/{m}</loc></sitemap>"))}</sitemapindex>"));
        AddMap("/maps/inner.xml", context => Encoding.UTF8.GetBytes($"<sitemapindex><sitemap><loc>{Root(context)}/maps/deep.xml</loc></sitemap></sitemapindex>"));
        AddMap("/maps/deep.xml", context => Map(context, "/m/deep", "/private/plan"));
        AddMap("/maps/packed.xml.gz", context => Pack(s => s.Write(Map(context, "/m/packed"))));
        AddMap("/maps/list.txt", context => Encoding.UTF8.GetBytes($"{Root(context)}/m/list\nhttp://elsewhere.invalid/m\n"));
        AddMap("/maps/feed.atom", context => Encoding.UTF8.GetBytes($"<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='{Root(context)}/m/feed'/></entry></feed>"));
        AddMap("/maps/damaged.xml", context => Encoding.UTF8.GetBytes($"<urlset><url><loc>{Root(context)}/m/before-damage</loc></url><url><loc"));
        AddMap("/maps/bomb.xml.gz", _ => Pack(s =>
        {
            s.Write("<urlset>"u8);
            for (var i = 0; i < 100; i++)
                s.Write(Encoding.ASCII.GetBytes(new string(' ', 1_000_000)));
        }));
        foreach (var page in new[] { "deep", "packed", "list", "feed", "before-damage" })
            ExpectPage("/m/" + page);
        Expect("/maps/damaged.xml", "failed", PageReasons.Sitemap);
        Expect("/maps/bomb.xml.gz", "failed", PageReasons.TooLarge);
        Expect("/maps/missing.xml", "failed", PageReasons.NotFound);
    }

    private void AddMap(string address, Func<HttpContext, byte[]> content) => _answers.Add(address, context => BytesAsync(context, "application/octet-stream", content(context)));

    private static string Root(HttpContext context) => $"http://{context.Request.Host}";

    private static byte[] Map(HttpContext context, params string[] pages) =>
        Encoding.UTF8.GetBytes($"<urlset>{string.Concat(pages.Select(p => $"<url><loc>{Root(context)}{p}</loc></url>"))}</urlset>");

    private static byte[] Pack(Action<Stream> write)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            write(gzip);
        return packed.ToArray();
    }
}
