using Chatbot.Backends.Crawling;
using Chatbot.Backends.Documents;
using Chatbot.Backends.Embedded.Sqlite;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Backends.Sites;
using Chatbot.Core.Blobs;
using Chatbot.Core.Crawling;
using Chatbot.Core.Data;
using Chatbot.Core.Extractions;
using Chatbot.Core.Jobs;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Core.Sites;
using Chatbot.Crawler.Fetching;
using Chatbot.Crawler.Politeness;
using Chatbot.Crawler.Rendering;
using Chatbot.Crawler.Robots;
using Chatbot.Crawler.Runs;
using Microsoft.Extensions.Options;

namespace Chatbot.Crawler.Previews;

/// <summary>
/// A run of the same parts as any other, on a database of its own that is gone with it. What meets the world, such as
/// politeness, robots.txt and the browser, it shares with all runs of this process.
/// </summary>
internal sealed class ScratchCrawl : IAsyncDisposable
{
    // Who waits for a preview does not want to wait for a server's recovery.
    private const int Attempts = 2;

    private readonly ScratchDatabase _database;
    private readonly ServiceProvider _services;

    private ScratchCrawl(ScratchDatabase database, ServiceProvider services, NothingKept kept) => (_database, _services, Kept) = (database, services, kept);

    /// <summary>Sizes of what was read.</summary>
    public NothingKept Kept { get; }

    /// <param name="shared">The crawler's own services.</param>
    public static async Task<ScratchCrawl> CreateAsync(IServiceProvider shared, CancellationToken cancellationToken)
    {
        var database = await ScratchDatabase.CreateAsync(shared.GetRequiredService<TimeProvider>(), cancellationToken);
        var kept = new NothingKept();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.ClearProviders());
        services.AddSingleton(database.Database);
        services.AddSingleton<IBlobStore>(kept).AddSingleton<IDocumentArchive>(kept).AddSingleton<IJobQueue>(kept);
        services.AddSingleton<KnowledgeBaseStore>().AddSingleton<SiteStore>().AddSingleton<CrawlRunStore>().AddSingleton<CrawlReport>().AddSingleton<DocumentStore>();
        services.AddSingleton(Options.Create(shared.GetRequiredService<IOptions<CrawlerOptions>>().Value.WithAttempts(Attempts)));
        Share<TimeProvider>();
        Share<HttpClients>();
        Share<HttpPageFetcher>();
        Share<RobotsCache>();
        Share<HostGates>();
        Share<IPageRenderer>();
        services.AddRunParts();
        return new ScratchCrawl(database, services.BuildServiceProvider(), kept);

        // As an instance: it is not disposed of with the others.
        void Share<T>()
            where T : class => services.AddSingleton(shared.GetRequiredService<T>());
    }

    /// <summary>Crawls until nothing is left, or until it is stopped.</summary>
    /// <returns>What became of each URL, those nearest to a start first.</returns>
    public async Task<IReadOnlyList<CrawlReportLine>> CrawlAsync(Func<string, Site, RunContext> open, Site site, CancellationToken stop, CancellationToken cancellationToken)
    {
        await Get<KnowledgeBaseStore>().EnsureDefaultAsync(cancellationToken);
        var knowledgeBase = await Get<KnowledgeBaseStore>().FindAsync(KnowledgeBase.DefaultName, cancellationToken);
        var scratch = site with { KnowledgeBaseId = knowledgeBase!.Id, IsPaused = false, Schedule = null };
        await Get<SiteStore>().CreateAsync(scratch, cancellationToken);
        var runs = Get<CrawlRunStore>();
        var (record, _) = await runs.RequestAsync(site.Id, CrawlMode.Full, cancellationToken);
        await runs.SetStateAsync(record.Id, CrawlRunState.Running, null, cancellationToken);

        var run = open(record.Id, scratch);
        try
        {
            await Get<RunWorker>().WorkAsync(run, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Time is up. What is nearly the same is settled at the end of a run, for all that was seen.
            var recorder = Get<OutcomeRecorder>();
            await _database.Database.WriteAsync(transaction => NearDoubles.SettleAsync(recorder.Begin(transaction, run), cancellationToken), cancellationToken);
        }

        var lines = new List<CrawlReportLine>();
        for (var piece = await Get<CrawlReport>().ReadAsync(record.Id, CrawlReportFilter.All, null, cancellationToken); ; piece = await Get<CrawlReport>().ReadAsync(record.Id, CrawlReportFilter.All, piece.Next, cancellationToken))
        {
            lines.AddRange(piece.Lines);
            if (piece.Next is null)
                return [.. lines.OrderBy(l => l.Depth).ThenBy(l => l.Url, StringComparer.Ordinal)];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();
}
