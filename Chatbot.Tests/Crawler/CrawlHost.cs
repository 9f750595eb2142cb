using Chatbot.Backends;
using Chatbot.Backends.Crawling;
using Chatbot.Backends.Documents;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Backends.Sites;
using Chatbot.Core;
using Chatbot.Core.Crawling;
using Chatbot.Core.Documents;
using Chatbot.Core.Jobs;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Core.Messages;
using Chatbot.Core.Sites;
using Chatbot.Crawler;
using Chatbot.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Chatbot.Tests.Crawler;

/// <summary>A crawler on a data directory, as a process of its own would be.</summary>
internal sealed class CrawlHost : IAsyncDisposable
{
    private readonly IHost host;

    private CrawlHost(IHost host) => this.host = host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public IServiceProvider Services => host.Services;

    public CrawlRunStore Runs => Services.GetRequiredService<CrawlRunStore>();

    public static Task<CrawlHost> StartAsync(string directory, params (string Key, string Value)[] settings) => StartAsync(directory, _ => { }, settings);

    /// <param name="setup">After all else.</param>
    public static async Task<CrawlHost> StartAsync(string directory, Action<IServiceCollection> setup, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(Unhurried.Settings);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Data:Directory"] = directory,
            ["Crawler:PollInterval"] = "00:00:00.050",
            ["Crawler:RetryDelay"] = "00:00:00.020",
            ["Crawler:HostPatience"] = "00:00:01",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.AddBackends();
        builder.AddCrawler();
        setup(builder.Services);
        var host = builder.Build();
        await host.InitializeBackendsAsync(Token);
        await host.StartAsync(Token);
        return new CrawlHost(host);
    }

    public Task<Site> AddSiteAsync(SiteScope scope, bool allowPrivate = true) => AddSiteAsync(scope, RenderMode.Auto, allowPrivate);

    public async Task<Site> AddSiteAsync(SiteScope scope, RenderMode mode, bool allowPrivate = true)
    {
        var knowledgeBase = await Services.GetRequiredService<KnowledgeBaseStore>().FindAsync(KnowledgeBase.DefaultName, Token);
        var site = new Site
        {
            Id = Ids.New(),
            KnowledgeBaseId = knowledgeBase!.Id,
            Name = "Test",
            Scope = scope,
            RenderMode = mode,
            AllowPrivateAddresses = allowPrivate,
            CreatedAt = TimeProvider.System.GetUtcNow(),
        };
        await Services.GetRequiredService<SiteStore>().CreateAsync(site, Token);
        return site;
    }

    public Task<Site> AddSiteAsync(string startUrl) => AddSiteAsync(new SiteScope { StartUrls = [startUrl] });

    public async Task<CrawlRun> RequestAsync(Site site)
    {
        var (run, _) = await Services.GetRequiredService<CrawlRequests>().RequestAsync(site.Id, CrawlMode.Full, Token);
        return run;
    }

    /// <summary>Crawls the site once, to the end.</summary>
    public async Task<CrawlRun> CrawlAsync(Site site) => await WaitAsync((await RequestAsync(site)).Id, run => run.FinishedAt is not null);

    public async Task<CrawlRun> WaitAsync(string runId, Func<CrawlRun, bool> condition)
    {
        while (true)
        {
            var run = await Runs.FindAsync(runId, Token);
            if (condition(run!))
                return run!;

            await Task.Delay(10, Token);
        }
    }

    /// <summary>The whole report of a run, by path and query.</summary>
    public async Task<Dictionary<string, CrawlReportLine>> ReportAsync(CrawlRun run)
    {
        var lines = new Dictionary<string, CrawlReportLine>();
        for (string? after = null; ;)
        {
            var piece = await Services.GetRequiredService<CrawlReport>().ReadAsync(run.Id, CrawlReportFilter.All, after, Token);
            foreach (var line in piece.Lines)
                lines.Add(new Uri(line.Url).PathAndQuery, line);
            if ((after = piece.Next) is null)
                return lines;
        }
    }

    /// <summary>The documents that are there, by path and query.</summary>
    public async Task<SortedDictionary<string, Document>> DocumentsAsync()
    {
        var all = await Services.GetRequiredService<DocumentStore>().ListAsync(new DocumentFilter { Limit = 10_000 }, Token);
        return new SortedDictionary<string, Document>(
            all.Where(d => d.Status != DocumentStatus.Gone).ToDictionary(d => new Uri(d.Url).PathAndQuery), StringComparer.Ordinal);
    }

    /// <summary>Takes the documents that were announced to ingestion so far.</summary>
    public async Task<List<Message>> AnnouncedAsync()
    {
        var queue = Services.GetRequiredService<IJobQueue>();
        var messages = new List<Message>();
        while (!(await queue.GetDepthAsync(Queues.Documents, Token)).IsIdle)
        {
            var jobs = await queue.TakeAsync(Queues.Documents, 256, Token);
            messages.AddRange(jobs.Select(j => j.Job.ToMessage()).Where(m => m is not SiteFrameDue));
            await queue.CompleteAsync(jobs, Token);
        }

        return messages;
    }

    public Task StopAsync() => host.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
    }
}
