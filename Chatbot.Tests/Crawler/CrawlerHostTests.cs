using Chatbot.Backends;
using Chatbot.Backends.Crawling;
using Chatbot.Core.Crawling;
using Chatbot.Crawler;
using Chatbot.Tests.Support;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Chatbot.Tests.Crawler;

public sealed class CrawlerHostTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Without_an_address_it_crawls_and_has_no_web_server()
    {
        await using var site = await TestSite.StartAsync();
        site.Page("/", "Start", "<p>The town and all its houses.</p>");
        await using (var crawler = await CrawlHost.StartAsync(_data.Path))
            await crawler.CrawlAsync(await crawler.AddSiteAsync(site.Url("/")));

        using var host = CrawlerHost.Create([$"--Data:Directory={_data.Path}", "--Logging:LogLevel:Default=None"]);
        await host.InitializeBackendsAsync(Token);
        await host.StartAsync(Token);
        var runs = host.Services.GetRequiredService<CrawlRunStore>();
        var last = (await runs.ListAsync(null, 1, Token))[0];
        var (run, _) = await host.Services.GetRequiredService<CrawlRequests>().RequestAsync(last.SiteId, CrawlMode.Full, Token);
        while (run.FinishedAt is null)
        {
            await Task.Delay(20, Token);
            run = (await runs.FindAsync(run.Id, Token))!;
        }

        await host.StopAsync(Token);

        Assert.Equal((CrawlRunState.Completed, 1), (run.State, run.Counters.Unchanged));
        Assert.Null(host.Services.GetService<IServer>());
    }

    [Fact]
    public async Task With_an_address_it_tells_its_health()
    {
        using var host = CrawlerHost.Create([$"--Data:Directory={_data.Path}", "--Logging:LogLevel:Default=None", "--urls", "http://127.0.0.1:0"]);
        await host.InitializeBackendsAsync(Token);
        await host.StartAsync(Token);
        using var client = new HttpClient { BaseAddress = new Uri(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };

        var health = await client.GetStringAsync(new Uri("/health", UriKind.Relative), Token);
        await host.StopAsync(Token);

        Assert.Equal("Healthy", health);
    }
}
