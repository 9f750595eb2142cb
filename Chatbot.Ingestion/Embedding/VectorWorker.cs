using Chatbot.Core.Chunks;
using Chatbot.Core.Jobs;
using Chatbot.Core.Messages;
using Chatbot.Ingestion.Indexing;
using Chatbot.Ingestion.Rebuilding;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chatbot.Ingestion.Embedding;

/// <summary>
/// Words first, meaning follows: when no document waits to be ingested, gives the texts of the index their vectors, the most
/// important first. What is done is kept at once, so a restart goes on where it was. In between it catches up with texts
/// that were forgotten, sweeps vectors that nobody needs, and lets indexes go live that waited for theirs.
/// </summary>
internal sealed partial class VectorWorker(
    IVectorQueue waiting,
    IVectorModels models,
    VectorMaker maker,
    IJobQueue documents,
    IndexRebuilder rebuilder,
    IOptions<IngestionOptions> options,
    TimeProvider time,
    ILogger<VectorWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan BuildsEvery = TimeSpan.FromSeconds(1);

    private bool _caughtUp;
    private DateTimeOffset _sweep = DateTimeOffset.MinValue;
    private DateTimeOffset _builds = DateTimeOffset.MinValue;

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
        if (!_caughtUp)
        {
            await models.BeginAsync(cancellationToken);
            var count = await waiting.CatchUpAsync(cancellationToken);
            if (count > 0) LogCaughtUp(count);
            _caughtUp = true;
        }

        if (!models.IsWanted) return false;

        if (time.GetUtcNow() >= _builds)
        {
            // Also while texts go on coming: an index waits for its own ones alone.
            var ready = await rebuilder.GetReadyAsync(cancellationToken);
            if (ready.Count > 0) await documents.PublishAsync([.. ready.Select(message => message.ToJob())], cancellationToken);
            // What was told has its turn behind the documents that wait.
            _builds = time.GetUtcNow() + (ready.Count > 0 ? PauseAfterFault : BuildsEvery);
        }

        if (!(await documents.GetDepthAsync(Queues.Documents, cancellationToken)).IsIdle) return false;
        if (await maker.MakeAsync(cancellationToken)) return true;
        if (models.IsBuilding && (await waiting.CatchUpAsync(cancellationToken) > 0 || await models.SwitchAsync(cancellationToken))) return true;
        if (time.GetUtcNow() >= _sweep)
        {
            _sweep = time.GetUtcNow() + SweepEvery;
            var count = await waiting.SweepAsync(cancellationToken) + await models.SweepAsync(cancellationToken);
            if (count > 0) LogSwept(count);
        }

        return false;
    }

    [LoggerMessage(LogLevel.Error, "Vectors could not be made; trying again in {Seconds} s")]
    private partial void LogFailed(Exception error, double seconds);

    [LoggerMessage(LogLevel.Information, "{Count} texts had no vector and were not waiting for one; they are now")]
    private partial void LogCaughtUp(int count);

    [LoggerMessage(LogLevel.Information, "Forgot {Count} vectors and waiting texts that no chunk needs any more")]
    private partial void LogSwept(int count);
}
