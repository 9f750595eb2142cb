using Chatbot.Api.Telemetry;
using Chatbot.Backends.Feedback;

namespace Chatbot.Api.Feedback;

/// <summary>Keeps the metric of what visitors think of answers: from the start of the process, and with every rating. Safe for concurrent use.</summary>
internal sealed partial class ThumbsUpRate(FeedbackStore feedback, ApiTelemetry telemetry, TimeProvider clock, ILogger<ThumbsUpRate> logger) : BackgroundService
{
    // Long enough to have some ratings, short enough to show that something became better.
    private static readonly TimeSpan Window = TimeSpan.FromDays(30);

    // Ratings leave the window, too, and other processes take some.
    private static readonly TimeSpan Often = TimeSpan.FromMinutes(10);

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        foreach (var (name, share) in await feedback.GetHelpfulSharesAsync(clock.GetUtcNow() - Window, cancellationToken))
            telemetry.ThumbsUp(name, share);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Often, clock);
        try
        {
            do
            {
                try
                {
                    await RefreshAsync(stoppingToken);
                }
                catch (Exception error) when (!stoppingToken.IsCancellationRequested)
                {
                    LogFailed(error);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    [LoggerMessage(LogLevel.Warning, "The share of helpful answers could not be counted; trying again later")]
    private partial void LogFailed(Exception error);
}
