using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Chatbot.Api;
using Chatbot.Backends;
using Chatbot.Backends.Users;
using Chatbot.Crawler;
using Chatbot.Ingestion;
using Chatbot.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Chatbot.Tests.Support;

/// <summary>
/// All of it in this process, as <c>chatbot serve</c> does it: on a free port of 127.0.0.1, with a data directory of its own,
/// an administrator, and the sample town already crawled into the default knowledge base.
/// </summary>
public sealed class WholeServer : IAsyncLifetime
{
    public const string AdminName = "admin", AdminPassword = "a long enough password";

    private readonly TemporaryDirectory _data = new();
    private WebApplication _app = null!;
    private SampleSite _site = null!;

    public Uri Address => new(_app.Urls.First());

    public IServiceProvider Services => _app.Services;

    /// <summary>Where the sample town is served.</summary>
    public Uri SampleTown => _site.Address;

    /// <summary>An HTTP client that is signed in.</summary>
    public HttpClient Admin { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        _site = await SampleSite.StartAsync(new() { ["/hostile/"] = HostilePage.Html }, cancellationToken);
        _app = Build();
        await _app.InitializeBackendsAsync(cancellationToken);
        _app.UseServiceDefaults();
        _app.MapDefaultEndpoints();
        _app.MapApi();
        _app.MapWeb();
        await _app.StartAsync(cancellationToken);
        await _app.Services.GetRequiredService<UserStore>().CreateAsync(AdminName, AdminPassword, isAdmin: true, cancellationToken);

        Admin = new HttpClient { BaseAddress = Address, Timeout = Timeout.InfiniteTimeSpan };
        Admin.DefaultRequestHeaders.Add("X-Requested-With", "tests");
        await PostAsync("api/session", new { name = AdminName, password = AdminPassword }, cancellationToken);
        await CrawlAsync("default", "Lindenau", new Uri(_site.Address, "/index.html"), cancellationToken);
    }

    /// <summary>Crawls a site into a knowledge base and waits until all of it is found by searches.</summary>
    public async Task CrawlAsync(string knowledgeBase, string name, Uri start, CancellationToken cancellationToken)
    {
        var site = await PostAsync("api/sites", new { knowledgeBase, name, startUrls = new[] { start.AbsoluteUri }, allowPrivateAddresses = true }, cancellationToken);
        var run = await PostAsync($"api/sites/{site.GetProperty("id").GetString()}/crawl", new { }, cancellationToken);
        await Admin.GetStringAsync(new Uri($"api/crawl-runs/{run.GetProperty("id").GetString()}/events", UriKind.Relative), cancellationToken);
        await UntilIndexedAsync(cancellationToken);
    }

    public async Task<JsonElement> PostAsync(string path, object body, CancellationToken cancellationToken)
    {
        using var response = await Admin.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, cancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Admin?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }

        if (_site is not null) await _site.DisposeAsync();
        _data.Dispose();
    }

    private WebApplication Build()
    {
        // The tests' own directory is not where the product would start from.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = "Production" });
        foreach (var (key, value) in Unhurried.Settings) builder.Configuration[key] = value;
        builder.Configuration["Data:Directory"] = _data.Path;
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.AddServiceDefaults();
        builder.AddBackends();
        builder.AddCrawler();
        builder.AddIngestion();
        builder.AddApi();
        builder.AddWeb();
        return builder.Build();
    }

    private async Task UntilIndexedAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var stats = await Admin.GetFromJsonAsync<JsonElement>(new Uri("api/stats", UriKind.Relative), cancellationToken);
            var pending = stats.GetProperty("knowledgeBases").EnumerateArray().Sum(item => item.GetProperty("documents").GetProperty("pending").GetInt32());
            var queue = stats.GetProperty("queues").GetProperty("documents");
            if (pending + queue.GetProperty("waiting").GetInt32() + queue.GetProperty("leased").GetInt32() == 0) return;
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }
}
