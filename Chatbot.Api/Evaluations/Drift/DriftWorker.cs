namespace Chatbot.Api.Evaluations.Drift;

/// <summary>Looks for crawls after which questions are to be asked again.</summary>
internal sealed partial class DriftWorker(DriftWatch watch, TimeProvider clock, ILogger<DriftWorker> logger) : BackgroundService
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_look, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await watch.LookAsync(stoppingToken);
                }
                // The database may be busy or away for a moment.
                catch (Exception error) when (!stoppingToken.IsCancellationRequested)
                {
                    LogBroke(error);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends; who starts next looks again.
        }
    }

    [LoggerMessage(LogLevel.Error, "Looking for answers that changed broke; trying again")]
    private partial void LogBroke(Exception error);
}
