using System.Diagnostics;
using Chatbot.Api.Telemetry;
using Chatbot.Core.Jobs;
using Chatbot.Core.Messages;
using Chatbot.Core.Telemetry;

namespace Chatbot.Api.Answering.Caching;

/// <summary>Forgets the cached answers that cite a document which changed.</summary>
internal sealed partial class IndexChangeConsumer(IJobQueue queue, AnswerCache cache, TimeProvider clock, ILogger<IndexChangeConsumer> logger) : BackgroundService
{
    private const int Batch = 64;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var jobs = await queue.TakeAsync(Queues.IndexChanges, Batch, stoppingToken);
                foreach (var job in jobs)
                    await ForgetAsync(job, stoppingToken);
                await queue.CompleteAsync(jobs, stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                // The leases run out and the jobs come again; forgetting twice is harmless.
                LogFailed(error);
                await Task.Delay(Pause, clock, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ForgetAsync(LeasedJob job, CancellationToken cancellationToken)
    {
        using var span = TraceContext.Start(ApiTelemetry.Source, "forget answers", ActivityKind.Consumer, job.Job.TraceParent);
        if (job.Job.ToMessage() is IndexChanged changed)
            await cache.ForgetAsync(changed.DocumentId, cancellationToken);
    }

    [LoggerMessage(LogLevel.Error, "Changes of the index could not be taken from their queue; trying again")]
    private partial void LogFailed(Exception error);
}
