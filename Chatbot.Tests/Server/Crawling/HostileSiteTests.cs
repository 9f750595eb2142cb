using System.Text;
using System.Text.Json;
using Chatbot.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Chatbot.Tests.Server.Crawling;

public sealed class HostileSiteTests : IDisposable
{
    private readonly Installation installation = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => installation.Dispose();

    [Fact]
    public async Task Whatever_some_pages_are_the_others_are_crawled_and_every_failure_is_named()
    {
        await using var site = await TestSite.StartAsync(Map);
        site.Html("/robots.txt", "User-agent *\nDisallow\n: :\n\0\xFF{ \"json\": [ }\nUser-agent: *\nDisallow: /secret\nCrawl-delay: soon\n<html>");
        string[] bad = ["/missing", "/circle", "/ever?n=0", "/declared", "/endless", "/junk", "/latin", "/five", "/secret", "/broken.pdf"];
        site.Page("/", "Start", "<p>The start of it all, with words of its own.</p>" + string.Concat(bad.Append("/good").Select(path => $"<a href=\"{path}\">{path}</a> ")));
        site.Page("/good", "A good page", "<p>The good page tells that the ferry leaves at noon.</p><a href=/after>on</a>");
        site.Page("/after", "After", "<p>The page after the good one tells of the lighthouse.</p>");
        var report = Path.Combine(installation.Directory, "report.json");

        var result = await installation.RunAsync("crawl", site.Url("/"), "--allow-private", "--json", "--report", report);

        Assert.True(result.ExitCode == 0, result.ToString());
        using var urls = JsonDocument.Parse(await File.ReadAllTextAsync(report, Token));
        var became = urls.RootElement.EnumerateArray().ToDictionary(
            line => new Uri(line.GetProperty("url").GetString()!).PathAndQuery, line => (line.GetProperty("state").GetString()!, line.GetProperty("reason").GetString()));
        Assert.Equal(("new", null), became["/"]);
        Assert.Equal(("new", null), became["/good"]);
        Assert.Equal(("new", null), became["/after"]);
        Assert.Equal(("new", null), became["/latin"]);
        Assert.Equal(("new", null), became["/five"]);
        Assert.Equal(("new", null), became["/broken.pdf"]);
        Assert.Equal(("failed", "not-found"), became["/missing"]);
        Assert.Equal(("failed", "redirect-loop"), became["/circle"]);
        Assert.Equal(("failed", "too-many-redirects"), became["/ever?n=0"]);
        Assert.Equal(("failed", "too-many-redirects"), became["/ever?n=10"]);
        Assert.Equal(("skipped", "too-large"), became["/declared"]);
        Assert.Equal(("skipped", "too-large"), became["/endless"]);
        Assert.Equal(("skipped", "binary"), became["/junk"]);
        Assert.Equal(("skipped", "robots"), became["/secret"]);

        // What could be read is found, in whatever charset it came; what could not says so and is not tried for ever.
        var found = await installation.RunWithInputAsync("Wo gibt es Käse und Brötchen?\nparagraph 49999 closing\nWhen does the ferry leave?", "search", "--json", "--top", "1");
        Assert.Equal([site.Url("/latin"), site.Url("/five"), site.Url("/good")], found.Json.Select(line => line.GetProperty("url").GetString()!));
        Assert.Contains("Käse und Brötchen", found.Json[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, installation.Count("SELECT COUNT(*) FROM documents WHERE url LIKE '%broken.pdf' AND status = 'failed' AND error LIKE '%broken.pdf%'"));
        Assert.Equal(0, installation.Count("SELECT COUNT(*) FROM jobs WHERE queue = 'documents'"));
    }

    [Theory]
    [InlineData("http://no-such-host.invalid/", "does not exist", "spelt")]
    [InlineData("http://127.0.0.1:1/", "refused the connection", "running")]
    [InlineData("/missing", "404", "Look the address up")]
    [InlineData("/circle", "itself", "browser")]
    [InlineData("/ever?n=0", "redirects", "browser")]
    [InlineData("/declared", "more than 20 MB", "Start at a page")]
    [InlineData("/junk", "no text", "Start at a page")]
    public async Task A_start_page_that_cannot_be_had_is_named_with_the_reason_and_what_to_do(string start, string reason, string remedy)
    {
        await using var site = await TestSite.StartAsync(Map);
        var url = start[0] == '/' ? site.Url(start) : start;

        var result = await installation.RunAsync("crawl", url, "--allow-private", "--json");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("failed", result.Object.GetProperty("state").GetString());
        var message = result.Object.GetProperty("message").GetString();
        Assert.Contains(url, message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.Contains(remedy, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_named()
    {
        await using var site = await TestSite.StartAsync(_ => { }, secure: true);

        var result = await installation.RunAsync("crawl", site.Url("/"), "--allow-private");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(site.Url("/"), result.Error, StringComparison.Ordinal);
        Assert.Contains("no secure connection", result.Error, StringComparison.Ordinal);
        Assert.Contains("certificate", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_address_is_refused_unless_it_is_allowed()
    {
        await using var site = await TestSite.StartAsync();
        site.Page("/", "Start", "<p>Inside of the house.</p>");

        var refused = await installation.RunAsync("crawl", site.Url("/"));
        var allowed = await installation.RunAsync("crawl", site.Url("/"), "--allow-private");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("--allow-private", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, allowed.ExitCode);
        Assert.Contains("1 new", allowed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_farm_ends_at_the_limit_and_says_so()
    {
        await using var site = await TestSite.StartAsync(app => app.MapGet("/farm/{n:int}", (int n) => Results.Text(
            $"<title>Farm {n}</title><p>Field {n} of the farm.</p><a href=/farm/{n * 2}>l</a><a href=/farm/{(n * 2) + 1}>r</a>", "text/html")));

        var result = await installation.RunAsync("crawl", site.Url("/farm/1"), "--allow-private", "--max-pages", "40", "--json");

        Assert.Equal((0, 40, 40), (result.ExitCode, result.Object.GetProperty("fetched").GetInt32(), result.Object.GetProperty("documents").GetInt32()));
        Assert.Contains("limit of 40 pages", result.Object.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/circle", () => Results.Redirect("/circle"));
        app.MapGet("/ever", (int n) => Results.Redirect($"/ever?n={n + 1}"));
        app.MapGet("/declared", (HttpContext context) =>
        {
            context.Response.ContentType = "text/html";
            context.Response.ContentLength = 200_000_000;
            return context.Response.StartAsync();
        });
        app.MapGet("/endless", async (HttpContext context) =>
        {
            context.Response.ContentType = "text/html";
            for (var sent = 0; sent < 200_000_000 && !context.RequestAborted.IsCancellationRequested; sent += 100_000)
                await context.Response.Body.WriteAsync(new byte[100_000], context.RequestAborted);
        });
        app.MapGet("/junk", () => Results.Bytes([.. Enumerable.Range(0, 50_000).Select(i => (byte)(i * 7919 >> 5))], "text/html"));
        app.MapGet("/latin", () => Results.Bytes(Encoding.Latin1.GetBytes("<title>Markt</title><p>Käse und Brötchen gibt es täglich auf dem Markt.</p>"), "text/html; charset=utf-8"));
        app.MapGet("/five", () => Results.Text(
            "<title>Five</title>" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"<p>Paragraph {i} of a page that has very many of them, and a few closing words more to read.</p>")), "text/html"));
        app.MapGet("/broken.pdf", () => Results.Bytes("%PDF-1.4 made up"u8.ToArray(), "application/pdf"));
    }
}
