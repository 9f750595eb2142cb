using System.Diagnostics;
using System.Text.Json;
using Chatbot.Core.Jobs;
using Chatbot.Core.Messages;
using Chatbot.Core.Telemetry;
using Chatbot.Ingestion.Framing;
using Chatbot.Ingestion.Rebuilding;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chatbot.Ingestion.Indexing;

/// <summary>Takes changed documents from the queue and has them ingested, several at once.</summary>
internal sealed partial class IngestionWorker(
    IJobQueue queue, DocumentIngester ingester, ParkedDocuments parked, FrameSettler settler, IndexRebuilder rebuilder, IOptions<IngestionOptions> options, IOptions<JobQueueOptions> jobOptions, TimeProvider time, ILogger<IngestionWorker> logger) : BackgroundService
{
    private const int MostPerTake = 32;

    private static readonly ActivitySource Activities = new("Chatbot.Ingestion");
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Reading is work for the processor: it must not hold up the start of the host.
        await Task.Yield();
        var noting = parked.NoteAllAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var jobs = await queue.TakeAsync(Queues.Documents, MostPerTake, stoppingToken);
                await IngestAsync(jobs, stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                // The queue itself failed. What was taken comes back when its lease runs out.
                LogFault(error);
                await Task.Delay(PauseAfterFault, time, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        await noting;
    }

    private async Task IngestAsync(IReadOnlyList<LeasedJob> jobs, CancellationToken cancellationToken)
    {
        var workers = options.Value.Workers > 0 ? options.Value.Workers : Environment.ProcessorCount;
        var done = new List<LeasedJob>(jobs.Count);
        var changes = new List<Job>();
        // A scan of many pages takes longer than a lease: without a word from us another worker would begin it again.
        using var finished = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var renewing = RenewAsync(jobs, finished.Token);
        await Parallel.ForEachAsync(jobs, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellationToken }, async (job, token) =>
        {
            var (completed, next) = await IngestAsync(job, token);
            lock (done)
            {
                if (completed) done.Add(job);
                changes.AddRange(next);
            }
        });

        await finished.CancelAsync();
        await renewing;

        // First tell, then forget: a crash in between tells twice, which does no harm.
        if (changes.Count > 0) await queue.PublishAsync(changes, cancellationToken);
        if (done.Count > 0) await queue.CompleteAsync(done, cancellationToken);
    }

    private async Task RenewAsync(IReadOnlyList<LeasedJob> jobs, CancellationToken finished)
    {
        try
        {
            while (true)
            {
                await Task.Delay(jobOptions.Value.Lease / 3, time, finished);
                await queue.RenewAsync(jobs, finished);
            }
        }
        catch (OperationCanceledException) when (finished.IsCancellationRequested)
        {
        }
        catch (Exception error)
        {
            // The work goes on; at worst it is done twice.
            LogNotRenewed(error);
        }
    }

    private async Task<(bool Completed, IReadOnlyList<Job> Next)> IngestAsync(LeasedJob job, CancellationToken cancellationToken)
    {
        using var activity = TraceContext.Start(Activities, "ingest", ActivityKind.Consumer, job.Job.TraceParent);
        try
        {
            var message = job.Job.ToMessage();
            if (message is SiteFrameDue due) return (true, await settler.SettleAsync(due, cancellationToken));
            var next = message switch
            {
                ReindexRequested reindex => await rebuilder.RebuildAsync(reindex, cancellationToken),
                IndexReleased released => await rebuilder.ReleaseAsync(released, cancellationToken),
                _ => await ingester.IngestAsync(message, cancellationToken),
            };
            return (true, [.. next.Select(told => told.ToJob())]);
        }
        catch (JsonException error)
        {
            LogUnknownMessage(error, job.Job.Id);
            return (true, []);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // One document must not stop the others: it is tried again, and parked with its reason in the end.
            activity?.SetStatus(ActivityStatusCode.Error, error.Message);
            LogFailed(error, job.Job.Id, job.Attempt);
            if (!await queue.RetryAsync(job, error.Message, cancellationToken)) await parked.NoteAsync(job.Job, error.Message, cancellationToken);
            return (false, []);
        }
    }

    [LoggerMessage(LogLevel.Error, "The queue of documents cannot be read")]
    private partial void LogFault(Exception error);

    [LoggerMessage(LogLevel.Warning, "The leases of documents at work could not be renewed")]
    private partial void LogNotRenewed(Exception error);

    [LoggerMessage(LogLevel.Error, "Job {JobId} holds no message that is known and was dropped")]
    private partial void LogUnknownMessage(Exception error, string jobId);

    [LoggerMessage(LogLevel.Warning, "Job {JobId} failed at attempt {Attempt}")]
    private partial void LogFailed(Exception error, string jobId, int attempt);
}
