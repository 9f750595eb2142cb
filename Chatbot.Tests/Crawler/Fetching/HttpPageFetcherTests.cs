using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Chatbot.Crawler;
using Chatbot.Crawler.Fetching;
using Chatbot.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Xunit;

namespace Chatbot.Tests.Crawler.Fetching;

public sealed class HttpPageFetcherTests : IDisposable
{
    private readonly CrawlerOptions options = new() { Fetch = { MaxPageBytes = 100_000, MaxPdfBytes = 200_000 } };
    private readonly Lazy<HttpClients> clients;

    public HttpPageFetcherTests() => clients = new Lazy<HttpClients>(() => new HttpClients(Options.Create(options)));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (clients.IsValueCreated)
            clients.Value.Dispose();
    }

    [Fact]
    public async Task A_page_comes_with_its_type_charset_and_validators()
    {
        options.Fetch.Contact = "https://town.example/bot";
        string? agent = null;
        await using var site = await TestSite.StartAsync(app => app.MapGet("/a", (HttpContext context) =>
        {
            agent = context.Request.Headers.UserAgent;
            context.Response.Headers.ETag = "\"v1\"";
            context.Response.Headers.LastModified = "Fri, 02 Jan 2026 03:04:05 GMT";
            context.Response.Headers["X-Robots-Tag"] = "nofollow";
            return Results.Bytes(Encoding.Latin1.GetBytes("<p>Käse</p>"), "text/html; charset=\"ISO-8859-1\"");
        }));

        var page = Assert.IsType<FetchResult.Fetched>(await FetchAsync(site.Url("/a")));

        Assert.Equal(ContentKind.Html, page.Kind);
        Assert.Equal("ISO-8859-1", page.Charset);
        Assert.Equal("\"v1\"", page.ETag);
        Assert.Equal("Fri, 02 Jan 2026 03:04:05 GMT", page.LastModified);
        Assert.Equal(["nofollow"], page.RobotsTags);
        Assert.Equal("ChatbotCrawler/0.1 (+https://town.example/bot)", agent);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_body_that_unpacks_beyond_the_limit_is_skipped(string encoding)
    {
        await using var site = await TestSite.StartAsync(app => app.MapGet("/bomb", async (HttpContext context) =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            context.Response.ContentType = "text/html";
            await using Stream packed = encoding switch
            {
                "gzip" => new GZipStream(context.Response.Body, CompressionLevel.Fastest),
                "br" => new BrotliStream(context.Response.Body, CompressionLevel.Fastest),
                _ => new ZLibStream(context.Response.Body, CompressionLevel.Fastest),
            };
            for (var i = 0; i < 200 && !context.RequestAborted.IsCancellationRequested; i++)
                await packed.WriteAsync(new byte[1_000_000], context.RequestAborted);
        }));

        Assert.Equal(PageReasons.TooLarge, Assert.IsType<FetchResult.Skipped>(await FetchAsync(site.Url("/bomb"))).Reason);
    }

    [Fact]
    public async Task A_body_of_200_megabytes_is_skipped_as_too_large()
    {
        await using var site = await TestSite.StartAsync(app =>
        {
            app.MapGet("/declared", (HttpContext context) =>
            {
                context.Response.ContentType = "text/html";
                context.Response.ContentLength = 200_000_000;
                return context.Response.StartAsync();
            });
            app.MapGet("/endless", async (HttpContext context) =>
            {
                context.Response.ContentType = "text/html";
                while (!context.RequestAborted.IsCancellationRequested)
                    await context.Response.Body.WriteAsync(new byte[100_000], context.RequestAborted);
            });
        });

        Assert.Equal(PageReasons.TooLarge, Assert.IsType<FetchResult.Skipped>(await FetchAsync(site.Url("/declared"))).Reason);
        Assert.Equal(PageReasons.TooLarge, Assert.IsType<FetchResult.Skipped>(await FetchAsync(site.Url("/endless"))).Reason);
    }

    [Fact]
    public async Task Redirects_are_reported_and_not_followed()
    {
        await using var site = await TestSite.StartAsync(app => app.MapGet("/old", () => Results.Redirect("/new?a=1")));

        var result = Assert.IsType<FetchResult.Redirected>(await FetchAsync(site.Url("/old")));

        Assert.Equal(site.Url("/new?a=1"), result.Location);
        Assert.Equal(302, result.Status);
        Assert.Equal(["/old"], site.Requests);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task What_is_not_there_is_gone(int status)
    {
        await using var site = await TestSite.StartAsync(app => app.MapGet("/a", () => Results.StatusCode(status)));

        Assert.Equal(status, Assert.IsType<FetchResult.Gone>(await FetchAsync(site.Url("/a"))).Status);
    }

    [Theory]
    [InlineData(403, false)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    public async Task Errors_say_whether_asking_again_may_help(int status, bool isRetryable)
    {
        await using var site = await TestSite.StartAsync(app => app.MapGet("/a", (HttpContext context) =>
        {
            context.Response.Headers.RetryAfter = "7";
            return Results.StatusCode(status);
        }));

        var failed = Assert.IsType<FetchResult.Failed>(await FetchAsync(site.Url("/a")));

        Assert.Equal((isRetryable, TimeSpan.FromSeconds(7)), (failed.IsRetryable, failed.RetryAfter));
    }

    [Theory]
    [InlineData("image/png", "anything")]
    [InlineData("application/zip", "PK")]
    public async Task Other_types_are_skipped(string type, string body)
    {
        await using var site = await TestSite.StartAsync(app => app.MapGet("/a", () => Results.Text(body, type)));

        Assert.Equal(PageReasons.ContentType, Assert.IsType<FetchResult.Skipped>(await FetchAsync(site.Url("/a"))).Reason);
    }

    [Fact]
    public async Task Binary_junk_that_is_called_html_is_skipped()
    {
        var junk = new byte[4_000];
        new Random(1).NextBytes(junk);
        await using var site = await TestSite.StartAsync(app => app.MapGet("/a", () => Results.Bytes(junk, "text/html")));

        Assert.Equal(PageReasons.Binary, Assert.IsType<FetchResult.Skipped>(await FetchAsync(site.Url("/a"))).Reason);
    }

    [Theory]
    [InlineData("<!DOCTYPE html><p>x", ContentKind.Html)]
    [InlineData("%PDF-1.7 ...", ContentKind.Pdf)]
    [InlineData("Plain words.", ContentKind.Text)]
    public async Task What_is_not_declared_is_told_by_its_bytes(string body, ContentKind kind)
    {
        await using var site = await TestSite.StartAsync(app => app.MapGet("/a", () => Results.Bytes(Encoding.UTF8.GetBytes(body), "application/octet-stream")));

        Assert.Equal(kind, Assert.IsType<FetchResult.Fetched>(await FetchAsync(site.Url("/a"))).Kind);
    }

    [Fact]
    public async Task Private_addresses_are_refused_where_the_connection_is_made()
    {
        await using var site = await TestSite.StartAsync();
        await FetchAsync(site.Url("/a"));

        var literal = Assert.IsType<FetchResult.Failed>(await FetchAsync(site.Url("/a"), allowPrivate: false));
        var byName = Assert.IsType<FetchResult.Failed>(await FetchAsync(site.Url("/a").Replace("127.0.0.1", "localhost", StringComparison.Ordinal), allowPrivate: false));

        Assert.Equal((PageReasons.PrivateAddress, false), (literal.Reason, literal.IsRetryable));
        Assert.Equal(PageReasons.PrivateAddress, byName.Reason);
        Assert.Equal(1, site.CountOf("/a"));
    }

    [Fact]
    public async Task A_certificate_nobody_vouches_for_is_named()
    {
        await using var site = await TestSite.StartAsync(_ => { }, secure: true);

        var failed = Assert.IsType<FetchResult.Failed>(await FetchAsync(site.Url("/")));

        Assert.Equal((PageReasons.Tls, false), (failed.Reason, failed.IsRetryable));
        Assert.Contains("certificate", failed.Detail, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_host_that_does_not_listen_or_exist_is_named()
    {
        var refused = Assert.IsType<FetchResult.Failed>(await FetchAsync($"http://127.0.0.1:{FreePort.Next()}/"));
        var unknown = Assert.IsType<FetchResult.Failed>(await FetchAsync("http://nowhere.invalid/"));

        Assert.Equal(PageReasons.ConnectionFailed, refused.Reason);
        Assert.Equal(PageReasons.HostNotFound, unknown.Reason);
        Assert.Contains("nowhere.invalid", unknown.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<p>half", PageReasons.Incomplete)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>ha", PageReasons.Incomplete)]
    [InlineData("this is no HTTP at all\r\n\r\n", PageReasons.MalformedAnswer)]
    public async Task Broken_answers_are_retried(string answer, string reason)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var serving = Task.Run(
            async () =>
            {
                using var client = await server.AcceptTcpClientAsync(Token);
                await using var stream = client.GetStream();
                _ = await stream.ReadAsync(new byte[4_096], Token);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), Token);
            },
            Token);

        var failed = Assert.IsType<FetchResult.Failed>(await FetchAsync($"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/"));

        await serving;
        Assert.Equal((reason, true), (failed.Reason, failed.IsRetryable));
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up()
    {
        var clock = new MovableTimeProvider();
        await using var site = await TestSite.StartAsync(app => app.MapGet("/slow", (HttpContext context) =>
        {
            clock.Advance(options.Fetch.ConnectTimeout + options.Fetch.ResponseTimeout);
            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        }));

        var failed = Assert.IsType<FetchResult.Failed>(await Fetcher(clock).FetchAsync(new FetchRequest(site.Url("/slow"), true), Token));

        Assert.Equal((PageReasons.TimedOut, true), (failed.Reason, failed.IsRetryable));
    }

    [Fact]
    public async Task A_known_version_is_asked_for_conditionally()
    {
        await using var site = await TestSite.StartAsync();
        site.Page("/a", "A", "<p>Words.</p>");
        var first = Assert.IsType<FetchResult.Fetched>(await FetchAsync(site.Url("/a")));

        var second = await Fetcher().FetchAsync(new FetchRequest(site.Url("/a"), true) { ETag = first.ETag }, Token);

        Assert.IsType<FetchResult.NotModified>(second);
    }

    private HttpPageFetcher Fetcher(TimeProvider? clock = null) => new(clients.Value, Options.Create(options), clock ?? TimeProvider.System);

    private Task<FetchResult> FetchAsync(string url, bool allowPrivate = true) => Fetcher().FetchAsync(new FetchRequest(url, allowPrivate), Token);
}
