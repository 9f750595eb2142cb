using Chatbot.Backends.Crawling;
using Chatbot.Backends.Documents;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Backends.Sites;
using Chatbot.Core.Chunks;
using Chatbot.Core.Documents;
using Chatbot.Core.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Api.Stats;

internal static partial class StatsEndpoints
{
    public static void MapStats(this RouteGroupBuilder admin) =>
        admin.MapGroup("/stats").WithTags("Stats").MapGet("/", CountAsync).WithSummary("How full everything is, and what waits.");

    private static async Task<Ok<StatsReply>> CountAsync(
        KnowledgeBaseStore knowledgeBases, SiteStore sites, DocumentStore documents, CrawlRunStore runs, IChunkIndex index, IIndexBuilds builds, IJobQueue queue, ModelStatistics models,
        ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var stats = new List<KnowledgeBaseStats>();
        foreach (var one in await knowledgeBases.ListAsync(cancellationToken))
        {
            stats.Add(new KnowledgeBaseStats(
                one.Id,
                one.Name,
                one.Title,
                (await sites.ListAsync(one.Id, cancellationToken)).Count,
                new DocumentCounts(await Count(one.Id, DocumentStatus.Pending), await Count(one.Id, DocumentStatus.Indexed), await Count(one.Id, DocumentStatus.Failed), await Count(one.Id, DocumentStatus.Gone)),
                await StateAsync(index, one.Id, loggers, cancellationToken),
                await builds.GetAsync(one.Id, cancellationToken)));
        }

        var queues = new Dictionary<string, QueueStats>(StringComparer.Ordinal);
        foreach (var name in (string[])[Queues.Crawls, Queues.Documents, Queues.IndexChanges, Queues.Handovers])
        {
            var depth = await queue.GetDepthAsync(name, cancellationToken);
            queues[name] = new QueueStats(depth.Waiting, depth.Leased, depth.Dead);
        }

        var (used, budget) = await models.GetAsync(cancellationToken);
        return TypedResults.Ok(new StatsReply(stats, queues, (await runs.ListOpenAsync(cancellationToken)).Count, models.Preferred) { Models = used, Budget = budget });

        Task<int> Count(string id, DocumentStatus status) => documents.CountAsync(new DocumentFilter { KnowledgeBaseId = id, Status = status }, cancellationToken);
    }

    private static async Task<IndexState?> StateAsync(IChunkIndex index, string knowledgeBaseId, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        try
        {
            return await index.GetStateAsync(knowledgeBaseId, cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // The page that shows what is wrong must not fail itself.
            LogIndexDown(loggers.CreateLogger(typeof(StatsEndpoints)), error);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The index did not tell its state")]
    private static partial void LogIndexDown(ILogger logger, Exception error);
}
