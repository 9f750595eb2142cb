using Chatbot.Backends.Servers.OpenAi;
using Chatbot.Core.Answering;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Chatbot.Api.Answering.Generating;

/// <summary>
/// A provider with its retries and its circuit breaker: what fails for a moment is asked again, and what fails all the time
/// is left alone, so that visitors do not wait for it. Safe for concurrent use.
/// </summary>
internal sealed partial class ModelRoute
{
    // The share of failures that opens the circuit: a provider that answers one question in ten is of no use to visitors.
    private const double FailureRatio = 0.9;

    private static readonly TimeSpan Sampling = TimeSpan.FromMinutes(1);

    private readonly CircuitBreakerStateProvider _circuit = new();
    private readonly ResiliencePipeline _pipeline;
    private readonly ILogger _logger;

    public ModelRoute(LanguageModel model, LlmOptions options, TimeProvider clock, ILogger logger)
    {
        (Model, _logger) = (model, logger);
        var builder = new ResiliencePipelineBuilder { TimeProvider = clock };
        if (options.Retries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryPause,
                MaxDelay = options.LongestRetryPause,
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is ModelFailedException { MayPass: true } failed && !(failed.RetryAfter > options.LongestRetryPause)),
                DelayGenerator = args => ValueTask.FromResult((args.Outcome.Exception as ModelFailedException)?.RetryAfter),
                OnRetry = args =>
                {
                    LogRetry(model.Name, args.AttemptNumber + 1, args.Outcome.Exception?.Message ?? "", args.RetryDelay.TotalMilliseconds);
                    return ValueTask.CompletedTask;
                },
            });
        }

        _pipeline = builder
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = FailureRatio,
                MinimumThroughput = options.BreakAfter,
                SamplingDuration = Sampling,
                BreakDuration = options.BreakDuration,
                StateProvider = _circuit,
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is ModelFailedException { IsOfRequest: false }),
                OnOpened = args =>
                {
                    LogOpened(model.Name, args.BreakDuration.TotalSeconds);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    public LanguageModel Model { get; }

    /// <summary>It failed too often and is left alone for a while.</summary>
    public bool IsResting => _circuit.CircuitState is CircuitState.Open or CircuitState.Isolated;

    /// <summary>Begins an answer, after as many attempts as it takes and may take.</summary>
    /// <exception cref="ModelFailedException">There is none.</exception>
    public async Task<ModelAnswer> BeginAsync(Func<CancellationToken, Task<ModelAnswer>> begin, CancellationToken cancellationToken)
    {
        try
        {
            return await _pipeline.ExecuteAsync(async token => await begin(token), cancellationToken);
        }
        catch (BrokenCircuitException error)
        {
            throw new ModelFailedException("it is left alone after its failures", error);
        }
    }

    [LoggerMessage(LogLevel.Information, "The language model {Provider} is asked again after attempt {Attempt} ({Failure}) in {PauseMs} ms")]
    private partial void LogRetry(string provider, int attempt, string failure, double pauseMs);

    [LoggerMessage(LogLevel.Warning, "The language model {Provider} fails all the time and is left alone for {Seconds} s")]
    private partial void LogOpened(string provider, double seconds);
}
