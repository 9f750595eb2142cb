using Chatbot.Backends.Embedded.Models;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>Writes the index to files while the process runs, and once more when it stops, so that the next start is quick.</summary>
internal sealed partial class IndexMaintenance(EmbeddedChunkIndex index, ModelChange models, TimeProvider time, ILogger<IndexMaintenance> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await models.RefreshAsync(stoppingToken);
                await index.SaveAsync(everything: false, stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                // Searches do not need the files: a full disk must not stop them. Tried again at the next tick.
                LogFailed(error);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await index.SaveAsync(everything: true, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogFailed(error);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The index could not be written to its files; the next start reads the database instead")]
    private partial void LogFailed(Exception error);
}
