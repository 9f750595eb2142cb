using System.Diagnostics;
using System.Globalization;
using Chatbot.Backends;
using Chatbot.Backends.Crawling;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Backends.Sites;
using Chatbot.Core;
using Chatbot.Core.Crawling;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Core.Sites;
using Chatbot.Crawler;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chatbot.Benchmarks.Crawl;

/// <summary>Our side: the product's crawler with its database and its stores, without ingestion, in a process of its own.</summary>
internal static class CrawlOnce
{
    /// <summary>Crawls a site and prints the pages that are documents and the processor time of the crawl alone, in milliseconds.</summary>
    public static async Task<int> RunAsync(string url, string data, int concurrency, CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["Data:Directory"] = data;
        builder.Configuration["Crawler:RunConcurrency"] = concurrency.ToString(CultureInfo.InvariantCulture);
        builder.Configuration["Crawler:PrivateHostConcurrency"] = concurrency.ToString(CultureInfo.InvariantCulture);
        builder.AddBackends();
        builder.AddCrawler();
        using var host = builder.Build();
        await host.Services.InitializeBackendsAsync(cancellationToken);
        await host.StartAsync(cancellationToken);
        var site = await SiteAsync(host.Services, url, cancellationToken);

        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var runs = host.Services.GetRequiredService<CrawlRunStore>();
        var (run, _) = await host.Services.GetRequiredService<CrawlRequests>().RequestAsync(site.Id, CrawlMode.Full, cancellationToken);
        while (run.FinishedAt is null)
        {
            await Task.Delay(50, cancellationToken);
            run = (await runs.FindAsync(run.Id, cancellationToken))!;
        }

        process.Refresh();
        var spent = process.TotalProcessorTime - before;
        await host.StopAsync(cancellationToken);
        var counters = run.Counters;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{counters.New + counters.Changed + counters.Unchanged} {counters.Unchanged} {counters.Failed} {spent.TotalMilliseconds:0}"));
        return run.State == CrawlRunState.Completed ? 0 : 1;
    }

    private static async Task<Site> SiteAsync(IServiceProvider services, string url, CancellationToken cancellationToken)
    {
        var knowledgeBase = await services.GetRequiredService<KnowledgeBaseStore>().FindAsync(KnowledgeBase.DefaultName, cancellationToken);
        var sites = services.GetRequiredService<SiteStore>();
        if (await sites.FindByStartUrlAsync(knowledgeBase!.Id, url, cancellationToken) is { } known)
            return known;

        var site = new Site
        {
            Id = Ids.New(),
            KnowledgeBaseId = knowledgeBase.Id,
            Name = "benchmark",
            Scope = new SiteScope { StartUrls = [url] },
            RenderMode = RenderMode.Never,
            AllowPrivateAddresses = true,
            CreatedAt = TimeProvider.System.GetUtcNow(),
        };
        await sites.CreateAsync(site, cancellationToken);
        return site;
    }
}
