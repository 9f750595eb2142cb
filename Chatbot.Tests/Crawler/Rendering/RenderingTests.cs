using System.Text;
using Chatbot.Crawler;
using Chatbot.Crawler.Rendering;
using Chatbot.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Chatbot.Tests.Crawler.Rendering;

/// <summary>A real browser and a website, both a test's own.</summary>
public abstract class RenderingTests : IAsyncLifetime
{
    private ServiceProvider _services = null!;

    internal TestSite Web { get; private set; } = null!;

    internal PageRenderer Renderer => _services.GetRequiredService<PageRenderer>();

    internal BrowserHost Browsers => _services.GetRequiredService<BrowserHost>();

    private protected static TimeSpan Patience => TimeSpan.FromMinutes(5);

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Web = await TestSite.StartAsync();
        await RestartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Web.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A renderer with other settings, in place of the one there is.</summary>
    private protected async Task RestartAsync(Action<RenderOptions>? configure = null, TimeProvider? clock = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(clock ?? TimeProvider.System);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddOptions<CrawlerOptions>().Configure(options =>
        {
            // A busy machine is no slow page.
            options.Render.StartTimeout = Patience;
            options.Render.Timeout = Patience;
            options.Render.SettleTimeout = TimeSpan.FromMinutes(1);
            configure?.Invoke(options.Render);
        });
        services.AddRendering();
        if (_services is not null) await _services.DisposeAsync();
        _services = services.BuildServiceProvider();
    }

    private protected Task<RenderResult> RenderAsync(string body, string path = "/page", bool allowPrivate = true, string? root = null) =>
        Renderer.RenderAsync(
            new RenderRequest((root ?? Web.Root) + path, Encoding.UTF8.GetBytes($"<!doctype html><html lang=\"en\"><head><title>A page</title></head><body>{body}</body></html>"), "utf-8", "site", allowPrivate), Token);

    private protected async Task<string> HtmlAsync(string body) => HtmlOf(await RenderAsync(body));

    private protected static string HtmlOf(RenderResult result)
    {
        // Says why, where it failed.
        Assert.True(result is RenderResult.Rendered, result.ToString());
        return Encoding.UTF8.GetString(((RenderResult.Rendered)result).Html.Span);
    }
}
