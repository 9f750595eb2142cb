using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Chatbot.Tests.Support;

/// <summary>The sample town's website on a free port of 127.0.0.1, and pages that a test adds.</summary>
internal sealed class SampleSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SampleSite(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public static async Task<SampleSite> StartAsync(Dictionary<string, string> pages, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var files = new PhysicalFileProvider(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../samples/site")));
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files });
        foreach (var (path, html) in pages)
            app.MapGet(path, () => Results.Text(html, "text/html"));
        await app.StartAsync(cancellationToken);
        return new SampleSite(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string Here([CallerFilePath] string file = "") => file;
}
