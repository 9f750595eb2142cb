using Chatbot.Backends;
using Chatbot.Core.Chunks;
using Chatbot.Core.Jobs;
using Chatbot.Ingestion;
using Chatbot.Tests.Crawler;
using Chatbot.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Chatbot.Tests.Ingestion.Framing;

public sealed class FirstPagesTests
{
    private const int Pages = 12;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_pages_of_a_new_site_are_indexed_once_without_what_stands_on_all_of_them()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync();
        const string Menu = "<div><p>Home</p><p>Courts and Gardens</p><p>Visiting the castle</p><p>Rooms to rent</p></div>";
        site.Html("/", $"<html lang=en><title>Castle</title>{Menu}<h1>Castle</h1><p>The castle stands above the river.</p>" + string.Concat(Enumerable.Range(1, Pages).Select(i => $"<p><a href=/room/{i}>Room {i}</a></p>")));
        for (var i = 1; i <= Pages; i++) site.Html($"/room/{i}", $"<html lang=en><title>Room {i}</title>{Menu}<h1>Room {i}</h1><p>Room {i} has its own story, told by guide number {i * 37}.</p>");
        await using var crawl = await CrawlHost.StartAsync(directory.Path);
        await crawl.CrawlAsync(await crawl.AddSiteAsync(site.Url("/")));

        await IngestAsync(directory.Path);

        var documents = await crawl.DocumentsAsync();
        Assert.Equal(Pages + 1, documents.Count);
        // A page that is indexed again has another version.
        Assert.All(documents.Values, document => Assert.Equal((1, 1), (document.Version, document.IndexedVersion)));
        var index = crawl.Services.GetRequiredService<IChunkIndex>();
        foreach (var document in documents.Values)
            Assert.DoesNotContain(await index.GetDocumentAsync(document.KnowledgeBaseId, document.Id, Token), chunk => chunk.Text.Contains("Courts", StringComparison.Ordinal));
    }

    private static async Task IngestAsync(string directory)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.Configuration["Data:Directory"] = directory;
        builder.Configuration["Ingestion:Embed"] = "false";
        builder.AddBackends();
        builder.AddIngestion();
        using var host = builder.Build();
        await host.Services.InitializeBackendsAsync(Token);
        await host.StartAsync(Token);
        var queue = host.Services.GetRequiredService<IJobQueue>();
        while (!(await queue.GetDepthAsync(Queues.Documents, Token)).IsIdle) await Task.Delay(10, Token);
        await host.StopAsync(Token);
    }
}
