using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Chatbot.ServiceDefaults.Resilience;

/// <summary>
/// The way of a request through one client, outermost first: limit on concurrency, total timeout, retries, circuit
/// breaker, timeout of the attempt. It ends when the headers are there, so nothing is repeated after the first
/// byte of a body. Safe for concurrent use.
/// </summary>
internal sealed partial class HttpPipeline : IDisposable
{
    private static readonly ResiliencePropertyKey<HttpRequestMessage> Request = new("request");

    private readonly string _client;
    private readonly HttpResilienceOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ConcurrencyLimiter _limiter;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    public HttpPipeline(string client, HttpResilienceOptions options, TimeProvider time, ILogger logger)
    {
        _client = client;
        _options = options;
        _time = time;
        _logger = logger;
        _limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = options.Concurrency, QueueLimit = 0 });
        _pipeline = Build();
    }

    public void Dispose() => _limiter.Dispose();

    /// <exception cref="HttpRequestException">Also for a timeout, an open circuit and too many requests at once.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send,
        CancellationToken cancellationToken)
    {
        using var lease = _limiter.AttemptAcquire();
        if (!lease.IsAcquired)
            throw new HttpRequestException($"The HTTP client '{_client}' already has {_options.Concurrency} requests under way.");

        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Request, request);
        try
        {
            return await _pipeline.ExecuteAsync(
                static async (context, state) => await state.send(state.request, context.CancellationToken),
                context,
                (send, request));
        }
        catch (TimeoutRejectedException error)
        {
            throw new HttpRequestException($"{request.RequestUri?.Host} did not answer in time.", error);
        }
        catch (BrokenCircuitException error)
        {
            throw new HttpRequestException($"{request.RequestUri?.Host} failed too often and is left alone for a moment.", error);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private ResiliencePipeline<HttpResponseMessage> Build()
    {
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = _time };
        builder.AddTimeout(_options.TotalTimeout);
        if (_options.Retries > 0)
            builder.AddRetry(Retry());
        builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
        {
            FailureRatio = 0.1,
            MinimumThroughput = 100,
            SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDuration = TimeSpan.FromSeconds(5),
            ShouldHandle = args => ValueTask.FromResult(IsTransient(args.Outcome)),
            OnOpened = args =>
            {
                LogOpened(_client, args.BreakDuration.TotalSeconds);
                return default;
            },
        });
        builder.AddTimeout(_options.AttemptTimeout);
        return builder.Build();
    }

    private RetryStrategyOptions<HttpResponseMessage> Retry() => new()
    {
        MaxRetryAttempts = _options.Retries,
        Delay = _options.RetryDelay,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        ShouldHandle = args => ValueTask.FromResult(
            IsTransient(args.Outcome)
            && IsRepeatable(args.Context.Properties.GetValue(Request, null!))
            // Waiting beyond the total timeout would turn the server's plain answer into a timeout.
            && !(RetryAfter(args.Outcome.Result) > _options.TotalTimeout)),
        DelayGenerator = args => ValueTask.FromResult(RetryAfter(args.Outcome.Result)),
        OnRetry = args =>
        {
            var reason = args.Outcome.Exception?.GetType().Name ?? args.Outcome.Result?.StatusCode.ToString();
            LogRetry(_client, args.AttemptNumber + 1, args.RetryDelay.TotalMilliseconds, reason);
            return default;
        },
    };

    /// <summary>A request that changes nothing at the server (RFC 9110, 9.2.1) and has no body, which may be gone once sent.</summary>
    private static bool IsRepeatable(HttpRequestMessage request) =>
        request.Content is null
        && (request.Method == HttpMethod.Get || request.Method == HttpMethod.Head
            || request.Method == HttpMethod.Options || request.Method == HttpMethod.Trace);

    private static bool IsTransient(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException or TimeoutRejectedException } => true,
        { Result.StatusCode: >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests } => true,
        _ => false,
    };

    private TimeSpan? RetryAfter(HttpResponseMessage? response) => response?.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - _time.GetUtcNow() is { Ticks: > 0 } wait ? wait : TimeSpan.Zero,
        _ => null,
    };

    [LoggerMessage(LogLevel.Warning, "HTTP client '{Client}' tries again ({Attempt}) in {DelayMs} ms after {Reason}")]
    private partial void LogRetry(string client, int attempt, double delayMs, string? reason);

    [LoggerMessage(LogLevel.Error, "HTTP client '{Client}' sends nothing for {BreakSeconds} s: too many of its requests failed")]
    private partial void LogOpened(string client, double breakSeconds);
}
