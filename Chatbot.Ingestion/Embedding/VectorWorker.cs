using Chatbot.Core.Chunks;
using Chatbot.Core.Jobs;
using Chatbot.Ingestion.Indexing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chatbot.Ingestion.Embedding;

/// <summary>
/// Words first, meaning follows: when no document waits to be ingested, gives the texts of the index their vectors, the most
/// important first. What is done is kept at once, so a restart goes on where it was.
/// </summary>
internal sealed partial class VectorWorker(
    IChunkIndex index,
    IEmbeddingGenerator<string, Embedding<float>> generator,
    IJobQueue queue,
    IOptions<IngestionOptions> options,
    TimeProvider time,
    ILogger<VectorWorker> logger) : BackgroundService
{
    // Few at a time: a question that needs a passage's vector waits for the batch before it.
    private const int TextsPerBatch = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Embed) return;
        await Task.Delay(options.Value.EmbedDelay, time, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await WorkAsync(stoppingToken)) await Task.Delay(Pause, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                // Search goes on by words; a model that is down or damaged is asked again later.
                LogFailed(error, PauseAfterFault.TotalSeconds);
                await Task.Delay(PauseAfterFault, time, stoppingToken);
            }
        }
    }

    /// <returns>False when there is nothing to do now.</returns>
    private async Task<bool> WorkAsync(CancellationToken cancellationToken)
    {
        if (!(await queue.GetDepthAsync(Queues.Documents, cancellationToken)).IsIdle) return false;
        var pending = await index.GetPendingAsync(TextsPerBatch, cancellationToken);
        if (pending.Count == 0) return false;
        var vectors = await generator.GenerateAsync(pending.Select(p => p.Text), cancellationToken: cancellationToken);
        await index.SetVectorsAsync([.. pending.Select((p, i) => new TextVector(p.TextHash, vectors[i].Vector))], cancellationToken);
        return true;
    }

    [LoggerMessage(LogLevel.Error, "Vectors could not be made; trying again in {Seconds} s")]
    private partial void LogFailed(Exception error, double seconds);
}
