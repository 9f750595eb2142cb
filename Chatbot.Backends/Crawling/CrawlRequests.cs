using Chatbot.Core.Crawling;
using Chatbot.Core.Jobs;
using Chatbot.Core.Messages;

namespace Chatbot.Backends.Crawling;

/// <summary>Asks for crawls, for whoever wants one. Safe for concurrent use.</summary>
public sealed class CrawlRequests(CrawlRunStore runs, IJobQueue queue)
{
    /// <summary>Queues a run over a site, unless the site has one that is not finished, and says so to the crawlers.</summary>
    /// <exception cref="InvalidOperationException">There is no such site.</exception>
    public async Task<(CrawlRun Run, bool AlreadyRunning)> RequestAsync(string siteId, CrawlMode mode, CancellationToken cancellationToken)
    {
        var requested = await runs.RequestAsync(siteId, mode, cancellationToken);
        await AnnounceAsync(requested.Run, cancellationToken);
        return requested;
    }

    /// <summary>Also for a run that was there: should its announcement have been lost, this one heals it.</summary>
    public Task AnnounceAsync(CrawlRun run, CancellationToken cancellationToken) =>
        queue.PublishAsync([new CrawlRequested(run.Id).ToJob()], cancellationToken);
}
