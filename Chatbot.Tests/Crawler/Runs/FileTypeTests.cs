using Chatbot.Backends.Sites;
using Chatbot.Core.Sites;
using Chatbot.Crawler;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Crawler.Runs;

public sealed class FileTypeTests : CrawlTests
{
    [Fact]
    public async Task Pages_that_are_not_read_lead_to_the_files_that_are_until_the_site_wants_something_else()
    {
        Put("/", "the town", "/a", "/notes.txt");
        Put("/a", "the bridge", "/download?id=7");
        Web.Html("/notes.txt", "Notes of the council.");
        // An address that says nothing, and a server that vouches for its bytes.
        Web.Before = ServeFileAsync;
        var scope = new SiteScope { StartUrls = [Web.Url("/")], FileTypes = [SiteFileTypes.Pdf] };
        var site = await Crawler.AddSiteAsync(scope);

        var first = await Crawler.ReportAsync(await Crawler.CrawlAsync(site));
        var files = await Crawler.DocumentsAsync();
        await Crawler.Services.GetRequiredService<SiteStore>().UpdateAsync(site with { Scope = scope with { FileTypes = [SiteFileTypes.Html] } }, Token);
        var second = await Crawler.ReportAsync(await Crawler.CrawlAsync(site));

        Assert.Equal(["/download?id=7"], files.Keys);
        Assert.All((string[])["/", "/a", "/notes.txt"], path => Assert.Equal(("skipped", PageReasons.FileType), (first[path].State, first[path].Reason)));
        Assert.Equal(("gone", PageReasons.FileType), (second["/download?id=7"].State, second["/download?id=7"].Reason));
        Assert.Equal(["/", "/a"], (await Crawler.DocumentsAsync()).Keys);
    }

    private static async Task<bool> ServeFileAsync(HttpContext context)
    {
        if (context.Request.Path != "/download")
            return false;

        context.Response.Headers.ETag = "\"1\"";
        if (context.Request.Headers.IfNoneMatch == "\"1\"")
        {
            context.Response.StatusCode = 304;
            return true;
        }

        context.Response.ContentType = "application/pdf";
        await context.Response.WriteAsync("%PDF-1.4 a file", context.RequestAborted);
        return true;
    }
}
