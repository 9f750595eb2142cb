using System.Text.Json;
using Chatbot.Backends.Documents;
using Chatbot.Core.Documents;
using Chatbot.Core.Jobs;
using Chatbot.Core.Messages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chatbot.Ingestion.Indexing;

/// <summary>
/// Says at a document that it was tried and given up, and why: else it would wait for ever in everybody's eyes. Also where
/// no worker lived to say so, since the document ended its process. Safe for concurrent use.
/// </summary>
internal sealed partial class ParkedDocuments(IJobQueue queue, DocumentStore documents, IOptions<JobQueueOptions> options, TimeProvider time, ILogger<ParkedDocuments> logger)
{
    private const int MostAtOnce = 200, LongestReason = 300;

    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    /// <summary>A job will not be tried again.</summary>
    public async Task NoteAsync(Job job, string reason, CancellationToken cancellationToken)
    {
        if (MessageOf(job) is not DocumentChanged changed) return;
        // Only what still waits for just this.
        if (await documents.FindAsync(changed.DocumentId, cancellationToken) is not { Status: DocumentStatus.Pending } document || document.Version != changed.Version) return;
        var shown = reason.Length > LongestReason ? reason[..LongestReason] + "…" : reason;
        var error = $"Given up after {options.Value.Attempts} attempts, by an error of this program: {(shown.Length == 0 ? "it ended while reading." : shown)}";
        if (await documents.MarkFailedAsync(document.Id, document.Version, error, cancellationToken)) LogParked(document.Url);
    }

    /// <summary>Looks for jobs that nobody could say it of, now and every minute, until it is stopped.</summary>
    public async Task NoteAllAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                try
                {
                    foreach (var dead in await queue.GetDeadAsync(Queues.Documents, MostAtOnce, stoppingToken)) await NoteAsync(dead.Job, dead.Error, stoppingToken);
                }
                catch (Exception error) when (!stoppingToken.IsCancellationRequested)
                {
                    LogLookBroke(error);
                }

                await Task.Delay(Look, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private static Message? MessageOf(Job job)
    {
        try
        {
            return job.ToMessage();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Error, "{Url} was given up")]
    private partial void LogParked(string url);

    [LoggerMessage(LogLevel.Warning, "Looking for documents that were given up broke; trying again")]
    private partial void LogLookBroke(Exception error);
}
