using System.Diagnostics;
using System.Text.Json;
using Chatbot.Backends.Conversations;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Answering.Tracing;

/// <summary>Keeps how answers came about with their messages, and deletes it when it is old. Safe for concurrent use.</summary>
internal sealed partial class TraceKeeper(IOptions<TraceOptions> options, MessageTraceStore store, TimeProvider clock, ILogger<TraceKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    // Of one detail, when the whole is too long; a second time shorter still.
    private static readonly int[] Cuts = [4_000, 400];

    /// <returns>The steps as they are stored, or null when nothing is to be kept.</returns>
    public string? Pack(TraceLog trace)
    {
        if (options.Value.Days == 0 || Activity.Current is not { IdFormat: ActivityIdFormat.W3C }) return null;
        var json = Write(trace.All);
        foreach (var cut in Cuts)
        {
            if (json.Length <= options.Value.LargestKb * 1_024) break;
            json = Write(trace.All.Select(step => step with { Details = step.Details.ToDictionary(detail => detail.Key, detail => Shortened(detail.Value, cut)) }));
        }

        return json.Length <= options.Value.LargestKb * 1_024 ? json : Write(trace.All.Select(step => step with { Details = new Dictionary<string, string>() }));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await store.DeleteBeforeAsync(clock.GetUtcNow() - TimeSpan.FromDays(options.Value.Days), stoppingToken);
                await Task.Delay(Pause, clock, stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(error);
                await Task.Delay(Pause, clock, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static string Write(IEnumerable<TraceStep> steps) => JsonSerializer.Serialize(steps.ToList(), ApiJson.Default.ListTraceStep);

    private static string Shortened(string text, int length) => text.Length <= length ? text : string.Concat(text.AsSpan(0, length), "…");

    [LoggerMessage(LogLevel.Error, "Old traces of answers could not be deleted; trying again in an hour")]
    private partial void LogFailed(Exception error);
}
