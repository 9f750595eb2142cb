using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Chatbot.Api.Telemetry;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Retrieval.Reranking;

/// <summary>
/// Puts the best passages in the order that a reranking model at an endpoint gives them. An endpoint that fails or is slow
/// leaves the order as it was, and after three failures in a row it is left alone for half a minute, so that visitors do not
/// wait for it. Safe for concurrent use.
/// </summary>
internal sealed partial class RerankClient : IDisposable
{
    private const int FailuresToRest = 3;
    private const long LongestReply = 1_000_000;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly RerankOptions _options;
    private readonly ApiTelemetry _telemetry;
    private readonly TimeProvider _time;
    private readonly ILogger<RerankClient> _logger;
    private readonly Uri? _target;

    // A redirection would take texts and key elsewhere than the operator said.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = LongestReply,
    };

    private int _failures;
    private long _restUntilTicks;

    public RerankClient(IOptions<RerankOptions> options, ApiTelemetry telemetry, TimeProvider time, ILogger<RerankClient> logger)
    {
        (_options, _telemetry, _time, _logger) = (options.Value, telemetry, time, logger);
        if (_options.Endpoint is { } endpoint) _target = new UriBuilder(endpoint) { Path = endpoint.AbsolutePath.TrimEnd('/') + "/rerank" }.Uri;
    }

    /// <summary>Whether somebody set an endpoint.</summary>
    public bool IsConfigured => _options.IsConfigured;

    /// <summary>Puts the first items of a ranking in the model's order; those behind them stay where they are.</summary>
    /// <param name="ranked">Best first.</param>
    /// <param name="text">What the model is shown of an item.</param>
    /// <returns>All of the items; as they were when there is no model or it did not answer.</returns>
    public async Task<IReadOnlyList<T>> ReorderAsync<T>(string question, IReadOnlyList<T> ranked, Func<T, string> text, CancellationToken cancellationToken)
    {
        if (!IsConfigured || ranked.Count < 2) return ranked;
        var order = await OrderAsync(question, [.. ranked.Take(_options.Candidates).Select(text)], cancellationToken);
        return order is null ? ranked : [.. order.Select(i => ranked[i]), .. ranked.Skip(order.Count)];
    }

    /// <returns>The places of all texts, the best first; those that the model left out follow in their order. Null when there is no model or it did not answer.</returns>
    public async Task<IReadOnlyList<int>?> OrderAsync(string question, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        if (_target is null || texts.Count == 0 || _time.GetUtcNow().UtcTicks < Interlocked.Read(ref _restUntilTicks)) return null;
        using var span = ApiTelemetry.Source.StartActivity("rerank");
        using var timeout = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var order = OrderOf(await AskAsync(question, texts, either.Token), texts.Count);
            Interlocked.Exchange(ref _failures, 0);
            return order;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            span?.SetStatus(ActivityStatusCode.Error);
            _telemetry.Failed("rerank");
            LogFailed(timeout.IsCancellationRequested ? $"no answer within {_options.Timeout.TotalSeconds} s" : Masked(error.Message), Shown);
            if (Interlocked.Increment(ref _failures) % FailuresToRest == 0)
            {
                Interlocked.Exchange(ref _restUntilTicks, (_time.GetUtcNow() + Rest).UtcTicks);
                LogResting(Shown, Rest.TotalSeconds);
            }

            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<RerankReply?> AskAsync(string question, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _target)
        {
            Content = JsonContent.Create(new RerankRequest(_options.Model, question, texts, texts.Count), RerankJson.Default.RerankRequest),
        };
        if (!string.IsNullOrWhiteSpace(_options.ApiKey)) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _options.ApiKey);
        using var response = await _http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync(RerankJson.Default.RerankReply, cancellationToken);
    }

    private static List<int> OrderOf(RerankReply? reply, int count)
    {
        var items = reply?.Results ?? reply?.Data ?? throw new InvalidDataException("The answer has no \"results\".");
        var order = items
            .Select(item => item is { Index: { } index, RelevanceScore: { } score } && index >= 0 && index < count && double.IsFinite(score)
                ? (Index: index, Score: score)
                : throw new InvalidDataException("The answer has a result without an index of a document and a score."))
            .OrderByDescending(item => item.Score).ThenBy(item => item.Index)
            .Select(item => item.Index)
            .ToList();
        if (order.Count == 0) throw new InvalidDataException("The answer has no results.");
        if (order.Distinct().Count() != order.Count) throw new InvalidDataException("The answer names a document twice.");
        order.AddRange(Enumerable.Range(0, count).Except(order.ToList()));
        return order;
    }

    // Some services take their key in the query.
    private string Shown => _target!.GetLeftPart(UriPartial.Path);

    // What went wrong may quote what was sent.
    private string Masked(string text) => string.IsNullOrWhiteSpace(_options.ApiKey) ? text : text.Replace(_options.ApiKey, "***", StringComparison.Ordinal);

    [LoggerMessage(LogLevel.Warning, "Passages keep their order, for the reranking model at {Url} failed: {Reason}")]
    private partial void LogFailed(string reason, string url);

    [LoggerMessage(LogLevel.Warning, "The reranking model at {Url} is left alone for {Seconds} s")]
    private partial void LogResting(string url, double seconds);
}
