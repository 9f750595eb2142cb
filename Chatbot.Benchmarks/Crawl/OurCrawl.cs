using Chatbot.Backends;
using Chatbot.Backends.Crawling;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Backends.Sites;
using Chatbot.Core;
using Chatbot.Core.Crawling;
using Chatbot.Core.Jobs;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Core.Sites;
using Chatbot.Ingestion;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chatbot.Benchmarks.Crawl;

/// <summary>Our side: the crawler's own process as it is deployed, with nothing beside it on its data directory that would ingest.</summary>
internal static class OurCrawl
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);

    /// <summary>Starts the crawler, has it crawl a site once it is up, and ends it.</summary>
    /// <returns>The counters of the run, what the process needed, and what of that the crawl did.</returns>
    public static async Task<(CrawlCounters Counters, MeasuredProcess Process, TimeSpan Crawl)> RunAsync(
        string program, string url, string data, int concurrency, CancellationToken cancellationToken)
    {
        using var host = CreateHost(data);
        await host.Services.InitializeBackendsAsync(cancellationToken);
        var site = await SiteAsync(host.Services, url, cancellationToken);

        await using var process = MeasuredProcess.Start(CrawlerProgram.Start(program, data, concurrency));
        // As hosts say it in their log.
        await process.UntilAsync(_ => Task.FromResult(process.Output.Contains("Application started", StringComparison.Ordinal)), s_look, cancellationToken);
        var before = process.Processor;
        var runs = host.Services.GetRequiredService<CrawlRunStore>();
        var (run, _) = await host.Services.GetRequiredService<CrawlRequests>().RequestAsync(site.Id, CrawlMode.Full, cancellationToken);
        await process.UntilAsync(async token => (run = (await runs.FindAsync(run.Id, token))!).FinishedAt is not null, s_look, cancellationToken);
        process.Look();
        return run.State == CrawlRunState.Completed
            ? (run.Counters, process, process.Processor - before)
            : throw new InvalidOperationException($"Our crawl ended {run.State}: {run.Message}");
    }

    /// <summary>
    /// Ingests what a crawl found, as it is wherever a crawler runs; otherwise the next one finds all of it still waiting and
    /// announces it again.
    /// </summary>
    public static async Task IngestAsync(string data, CancellationToken cancellationToken)
    {
        using var host = CreateHost(data, builder => builder.AddIngestion());
        await host.Services.InitializeBackendsAsync(cancellationToken);
        await host.StartAsync(cancellationToken);
        var queue = host.Services.GetRequiredService<IJobQueue>();
        while (!(await queue.GetDepthAsync(Queues.Documents, cancellationToken)).IsIdle)
            await Task.Delay(s_look, cancellationToken);
        await host.StopAsync(cancellationToken);
    }

    private static IHost CreateHost(string data, Action<IHostApplicationBuilder>? setup = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["Data:Directory"] = data;
        // Words alone: vectors are nothing to a crawler.
        builder.Configuration["Ingestion:Embed"] = "false";
        builder.AddBackends();
        setup?.Invoke(builder);
        return builder.Build();
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
