using Chatbot.Backends.Conversations;
using Chatbot.Backends.KnowledgeBases;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Conversations;

/// <summary>Deletes conversations that are older than their knowledge base keeps them. What is counted over all conversations has no texts and stays.</summary>
internal sealed partial class ConversationSweep(
    ConversationArchive archive, KnowledgeBaseStore knowledgeBases, IOptions<ConversationOptions> options, TimeProvider clock, ILogger<ConversationSweep> logger) : BackgroundService
{
    /// <returns>How many were deleted.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var deleted = 0;
        foreach (var knowledgeBase in await knowledgeBases.ListAsync(cancellationToken))
        {
            if (knowledgeBase.Settings.RetentionDays is not { } days) continue;
            var filter = new ConversationFilter { KnowledgeBaseId = knowledgeBase.Id, Until = clock.GetUtcNow() - TimeSpan.FromDays(days) };
            var some = await archive.DeleteAsync(filter, cancellationToken);
            if (some > 0) LogDeleted(some, knowledgeBase.Name, days);
            deleted += some;
        }

        return deleted;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(options.Value.SweepInterval, clock);
        try
        {
            do
            {
                try
                {
                    await SweepAsync(stoppingToken);
                }
                catch (Exception error) when (!stoppingToken.IsCancellationRequested)
                {
                    // What is left is deleted the next time.
                    LogFailed(error);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
    }

    [LoggerMessage(LogLevel.Information, "Deleted {Conversations} conversations of {KnowledgeBase} that were older than {RetentionDays} days")]
    private partial void LogDeleted(int conversations, string knowledgeBase, int retentionDays);

    [LoggerMessage(LogLevel.Error, "Old conversations could not be deleted; trying again later")]
    private partial void LogFailed(Exception error);
}
