using System.Diagnostics;
using Chatbot.Api.Telemetry;
using Chatbot.Backends.Conversations;
using Chatbot.Backends.Handovers;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.Handovers;
using Chatbot.Core.Jobs;
using Chatbot.Core.Messages;
using Chatbot.Core.Telemetry;

namespace Chatbot.Api.Handovers;

/// <summary>
/// Tells those who are to be told of hand-overs. What fails is tried again, with the pauses of the queue; who was told
/// already is not told twice.
/// </summary>
internal sealed partial class HandoverConsumer(
    IJobQueue queue, HandoverStore handovers, HandoverTargetStore targets, ConversationStore conversations, KnowledgeBaseStore knowledgeBases,
    HandoverWebhook webhook, HandoverMail mail, TimeProvider clock, ILogger<HandoverConsumer> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var job in await queue.TakeAsync(Queues.Handovers, 1, stoppingToken))
                    await HandleAsync(job, stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                // The lease runs out and the job comes again.
                LogBroken(error);
                await Task.Delay(Pause, clock, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task HandleAsync(LeasedJob job, CancellationToken cancellationToken)
    {
        using var span = TraceContext.Start(ApiTelemetry.Source, "hand over", ActivityKind.Consumer, job.Job.TraceParent);
        if (job.Job.ToMessage() is HandoverRequested(var id) && await handovers.FindAsync(id, cancellationToken) is { State: HandoverState.Waiting } handover)
        {
            try
            {
                await TellAsync(handover, cancellationToken);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                var reason = error is HandoverFailedException ? error.Message : "something went wrong here; the log says what";
                var isLast = !await queue.RetryAsync(job, reason, cancellationToken);
                LogNotTold(error, id, isLast);
                var now = await handovers.FindAsync(id, cancellationToken) ?? handover;
                await handovers.UpdateAsync(now with { Error = reason, State = isLast ? HandoverState.Failed : HandoverState.Waiting }, cancellationToken);
                return;
            }
        }

        await queue.CompleteAsync([job], cancellationToken);
    }

    private async Task TellAsync(Handover handover, CancellationToken cancellationToken)
    {
        var target = await targets.FindAsync(handover.KnowledgeBaseId, cancellationToken);
        var knowledgeBase = await knowledgeBases.FindAsync(handover.KnowledgeBaseId, cancellationToken);
        var transcript = await conversations.GetAsync(handover.ConversationId, cancellationToken);
        if (knowledgeBase is null || transcript is null) return;
        var content = new HandoverEvent(
            "handover", handover.Id, knowledgeBase.Name, handover.ConversationId, handover.Name, handover.Reach, handover.Note, handover.Language, handover.CreatedAt,
            [.. transcript.Messages.Select(message => new HandoverMessage(message.Role == ConversationRole.User ? "user" : "assistant", message.Text, message.CreatedAt))]);
        if (target.WebhookUrl is not null && handover.CalledAt is null)
        {
            await webhook.SendAsync(target, content, cancellationToken);
            handover = handover with { CalledAt = clock.GetUtcNow() };
            await handovers.UpdateAsync(handover, cancellationToken);
        }

        if (target.Email is not null && handover.MailedAt is null)
        {
            await mail.SendAsync(target, content, knowledgeBase.Title, cancellationToken);
            handover = handover with { MailedAt = clock.GetUtcNow() };
        }

        await handovers.UpdateAsync(handover with { State = HandoverState.Open, Error = null }, cancellationToken);
    }

    [LoggerMessage(LogLevel.Error, "Hand-overs could not be taken from their queue; trying again")]
    private partial void LogBroken(Exception error);

    [LoggerMessage(LogLevel.Warning, "Hand-over {Id} could not be told (last attempt: {IsLast})")]
    private partial void LogNotTold(Exception error, string id, bool isLast);
}
