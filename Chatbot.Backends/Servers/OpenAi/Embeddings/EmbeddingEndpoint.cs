using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Chatbot.Backends.Servers.OpenAi.Embeddings;

/// <summary>One request for embeddings after the other, tried again where that may help. Safe for concurrent use.</summary>
internal sealed partial class EmbeddingEndpoint(EmbeddingsOptions options, HttpClient http, TimeProvider time, ILogger logger)
{
    private const int LongestBodyQuoted = 300;

    // Somebody waits for a question's vector: one more attempt, and only if it may start soon.
    private const int RetriesOfQuestion = 1;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan PauseOfQuestion = TimeSpan.FromSeconds(1);

    private readonly RequestPace _pace = new(options.RequestsPerMinute, options.TokensPerMinute, time);

    private readonly Uri _target = new UriBuilder(options.Endpoint!) { Path = options.Endpoint!.AbsolutePath.TrimEnd('/') + "/embeddings" }.Uri;

    /// <summary>Where the requests go, without the query: some services take their key there.</summary>
    public Uri Url => new(_target.GetLeftPart(UriPartial.Path));

    /// <param name="urgent">A question's: it waits for no limit, and not long for another attempt.</param>
    /// <exception cref="EmbeddingEndpointException">No attempt was answered as it should be.</exception>
    public async Task<EmbeddingReply> AskAsync(EmbeddingRequest request, bool urgent, CancellationToken cancellationToken)
    {
        var tokens = request.Input.Sum(text => (Encoding.UTF8.GetByteCount(text) + 3L) / 4);
        for (var attempt = 0; ; attempt++)
        {
            await _pace.WaitAsync(tokens, urgent, cancellationToken);
            var (reply, failure) = await TryAsync(request, cancellationToken);
            if (reply is not null) return reply;
            var pause = PauseAfter(failure!, attempt, urgent);
            if (pause is null) throw new EmbeddingEndpointException(failure!.Message, failure.Error);
            LogAgain(failure!.Message, (int)pause.Value.TotalMilliseconds);
            await Task.Delay(pause.Value, time, cancellationToken);
        }
    }

    private TimeSpan? PauseAfter(Failure failure, int attempt, bool urgent)
    {
        if (!failure.MayPass || attempt >= (urgent ? Math.Min(RetriesOfQuestion, options.Retries) : options.Retries)) return null;
        var longest = urgent ? PauseOfQuestion : LongestPause;
        if (failure.RetryAfter is { } asked) return asked <= longest ? asked : null;
        // A quarter at random: workers that failed together must not come back together.
        var pause = FirstPause * Math.Pow(2, attempt) * (1 + (Random.Shared.NextDouble() / 4));
        return pause < longest ? pause : longest;
    }

    private async Task<(EmbeddingReply? Reply, Failure? Failure)> TryAsync(EmbeddingRequest body, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _target) { Content = JsonContent.Create(body, EmbeddingJson.Default.EmbeddingRequest) };
            if (!string.IsNullOrWhiteSpace(options.ApiKey)) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
            using var response = await http.SendAsync(request, either.Token);
            if (!response.IsSuccessStatusCode) return (null, await ReadFailureAsync(response, either.Token));
            return await response.Content.ReadFromJsonAsync(EmbeddingJson.Default.EmbeddingReply, either.Token) is { } reply
                ? (reply, null)
                : (null, new Failure($"{Url} answered with no JSON object.", MayPass: false));
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, error switch
            {
                OperationCanceledException => new Failure($"{Url} did not answer within {options.Timeout.TotalSeconds} s.", MayPass: true),
                JsonException => new Failure($"{Url} answered with something else than JSON of OpenAI's form: {Masked(error.Message)}", MayPass: false),
                HttpRequestException => new Failure($"{Url} cannot be reached: {Masked(error.Message)}", MayPass: true) { Error = error },
                _ => new Failure($"{Url} could not be asked: {Masked(error.Message)}", MayPass: false) { Error = error },
            });
        }
    }

    private async Task<Failure> ReadFailureAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = (await response.Content.ReadAsStringAsync(cancellationToken)).Trim();
        if (text.Length > LongestBodyQuoted) text = text[..LongestBodyQuoted] + "…";
        var after = response.Headers.RetryAfter is { } header ? header.Delta ?? (header.Date - time.GetUtcNow()) : null;
        return new Failure(
            $"{Url} answered {(int)response.StatusCode}{(text.Length == 0 ? "" : ": " + Masked(text))}",
            response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError)
        {
            RetryAfter = after < TimeSpan.Zero ? TimeSpan.Zero : after,
        };
    }

    // Servers repeat what they were sent.
    private string Masked(string text) => string.IsNullOrWhiteSpace(options.ApiKey) ? text : text.Replace(options.ApiKey, "***", StringComparison.Ordinal);

    [LoggerMessage(LogLevel.Warning, "{Failure} Asking again in {PauseMs} ms")]
    private partial void LogAgain(string failure, int pauseMs);

    private sealed record Failure(string Message, bool MayPass)
    {
        public TimeSpan? RetryAfter { get; init; }

        public Exception? Error { get; init; }
    }
}
