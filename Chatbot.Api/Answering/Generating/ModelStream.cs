using System.Diagnostics;
using System.Runtime.CompilerServices;
using Chatbot.Api.Telemetry;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Answering.Generating;

/// <summary>Asks the model and watches over its stream: failures of any kind become events. Safe for concurrent use.</summary>
internal sealed partial class ModelStream(
    IChatClient model, IOptions<GenerationOptions> options, ApiTelemetry telemetry, TimeProvider clock, ILogger<ModelStream> logger)
{
    private readonly GenerationOptions options = options.Value;

    /// <summary>What the model is called.</summary>
    public string Name => model.GetService(typeof(ChatClientMetadata)) is ChatClientMetadata { DefaultModelId: { } id } ? id : "model";

    public async IAsyncEnumerable<ModelEvent> AskAsync(IList<ChatMessage> prompt, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var span = ApiTelemetry.Source.StartActivity("generate");
        span?.SetTag("gen_ai.request.model", Name);
        var started = Stopwatch.GetTimestamp();
        using var silence = new CancellationTokenSource(options.FirstTokenTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        var settings = new ChatOptions { MaxOutputTokens = options.MaxTokens, Temperature = options.Temperature };
        await using var updates = model.GetStreamingResponseAsync(prompt, settings, either.Token).GetAsyncEnumerator(either.Token);
        TokenUsage? usage = null;
        var finished = false;
        while (true)
        {
            bool more;
            try
            {
                more = await updates.MoveNextAsync();
                silence.CancelAfter(options.NextTokenTimeout);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                span?.SetStatus(ActivityStatusCode.Error);
                if (silence.IsCancellationRequested) LogSilent(Name, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                else LogFailed(error, Name);
                more = false;
                finished = false;
            }

            if (!more)
                break;
            var update = updates.Current;
            finished |= update.FinishReason is not null;
            if (update.Contents.OfType<UsageContent>().FirstOrDefault()?.Details is { } counted)
                usage = new TokenUsage(counted.InputTokenCount ?? 0, counted.OutputTokenCount ?? 0);
            if (update.Text.Length > 0)
                yield return new ModelEvent.Text(update.Text);
        }

        telemetry.ModelAnswered(Stopwatch.GetElapsedTime(started));
        if (finished)
        {
            yield return new ModelEvent.Ended(usage);
            yield break;
        }

        // A stream that just stops was cut: every provider says why it finished.
        telemetry.Failed("model");
        yield return new ModelEvent.Failed();
    }

    [LoggerMessage(LogLevel.Warning, "The model {Model} failed")]
    private partial void LogFailed(Exception error, string model);

    [LoggerMessage(LogLevel.Warning, "The model {Model} fell silent after {ElapsedMs} ms")]
    private partial void LogSilent(string model, double elapsedMs);
}
