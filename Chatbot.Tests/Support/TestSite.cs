using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Chatbot.Tests.Support;

/// <summary>A website on 127.0.0.1 with a port of its own, which remembers what it was asked.</summary>
internal sealed class TestSite : IAsyncDisposable
{
    private readonly Action<WebApplication> map;
    private readonly bool secure;
    private WebApplication app = null!;
    private readonly ConcurrentQueue<string> requests = new();
    private readonly ConcurrentDictionary<string, string> pages = new();

    private TestSite(Action<WebApplication> map, bool secure) => (this.map, this.secure) = (map, secure);

    public string Root { get; private set; } = "";

    /// <summary>Method-free path and query of every request, in the order they came.</summary>
    public IReadOnlyList<string> Requests => [.. requests];

    /// <summary>Called before every request is answered; may answer itself by returning true.</summary>
    public Func<HttpContext, Task<bool>>? Before { get; set; }

    public static Task<TestSite> StartAsync() => StartAsync(_ => { }, secure: false);

    /// <param name="port">Of 127.0.0.1.</param>
    public static async Task<TestSite> StartAsync(int port)
    {
        var site = new TestSite(_ => { }, secure: false);
        await site.ListenAsync(port);
        return site;
    }

    public static Task<TestSite> StartAsync(Action<WebApplication> map) => StartAsync(map, secure: false);

    /// <param name="secure">Speaks TLS with a certificate that nobody vouches for.</param>
    public static async Task<TestSite> StartAsync(Action<WebApplication> map, bool secure)
    {
        var site = new TestSite(map, secure);
        await site.ListenAsync(port: 0);
        return site;
    }

    /// <summary>Goes away, with all requests in hand, and comes back at the same address.</summary>
    /// <param name="pause">Nobody listens for so long.</param>
    public async Task RestartAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        var port = new Uri(Root).Port;
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
        await Task.Delay(pause, cancellationToken);
        await ListenAsync(port);
    }

    public string Url(string path) => Root + path;

    /// <summary>Puts a page up, or another version of it.</summary>
    /// <param name="body">Inside of the body element.</param>
    public TestSite Page(string path, string title, string body, string head = "") =>
        Html(path, $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>{head}</head><body><main><h1>{title}</h1>{body}</main></body></html>");

    public TestSite Html(string path, string html)
    {
        pages[path] = html;
        return this;
    }

    public TestSite Remove(string path)
    {
        pages.TryRemove(path, out _);
        return this;
    }

    public void ForgetRequests() => requests.Clear();

    /// <summary>How often a path was asked for.</summary>
    public int CountOf(string path) => requests.Count(r => r == path);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task ListenAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                if (secure)
                    listen.UseHttps(SelfSigned());
            });
        });
        app = builder.Build();
        app.Use(async (context, next) =>
        {
            requests.Enqueue(context.Request.Path + context.Request.QueryString);
            if (Before is { } before && await before(context))
                return;

            await next(context);
        });
        map(app);
        // The default pattern leaves out paths with a dot, such as /robots.txt.
        app.MapFallback("{**path}", ServeAsync);
        await app.StartAsync();
        Root = app.Urls.Single();
    }

    private async Task ServeAsync(HttpContext context)
    {
        if (!pages.TryGetValue(context.Request.Path + context.Request.QueryString, out var html))
        {
            context.Response.StatusCode = 404;
            return;
        }

        var tag = $"\"{Chatbot.Core.Ids.Hash(html)[..16]}\"";
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = 304;
            return;
        }

        context.Response.ContentType = context.Request.Path == "/robots.txt" ? "text/plain" : "text/html; charset=utf-8";
        await context.Response.WriteAsync(html, context.RequestAborted);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2040, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
