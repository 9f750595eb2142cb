using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Http;

/// <summary>
/// Server-sent events (html.spec.whatwg.org/multipage/server-sent-events.html) on a response: numbered from 1, sent at once,
/// kept alive by a comment every 15 s, told to proxies as not to be buffered. Events are sent one after the other by one caller.
/// </summary>
internal sealed class EventStream : IAsyncDisposable
{
    // Half of the 30 s after which common proxies and load balancers close a silent connection.
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);

    private static readonly byte[] Heartbeat = ": still here\n\n"u8.ToArray();

    private readonly HttpResponse response;
    private readonly JsonSerializerOptions json;
    private readonly ArrayBufferWriter<byte> written = new(512);
    private readonly SemaphoreSlim turn = new(1);
    private readonly CancellationTokenSource ended;
    private readonly Task heartbeats;
    private long lastId;

    private EventStream(HttpContext context, long after)
    {
        lastId = after;
        response = context.Response;
        json = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        heartbeats = KeepAliveAsync(context.RequestServices.GetRequiredService<TimeProvider>(), ended.Token);
    }

    /// <summary>Sends the headers. From now on errors can only be told as events.</summary>
    /// <param name="after">The number of the last event that was sent before, on another connection.</param>
    public static async Task<EventStream> StartAsync(HttpContext context, CancellationToken cancellationToken, long after = 0)
    {
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        // No transforming: a proxy that compresses also collects.
        context.Response.Headers.CacheControl = "no-cache, no-transform";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await context.Response.StartAsync(cancellationToken);
        return new EventStream(context, after);
    }

    public async Task SendAsync<T>(string name, T data, CancellationToken cancellationToken)
    {
        // One caller, one event at a time: its room is used again. JSON without indentation has no line breaks: one data line.
        written.ResetWrittenCount();
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {++lastId}\nevent: {name}\ndata: "), written);
        using (var writer = new Utf8JsonWriter(written, new JsonWriterOptions { Encoder = json.Encoder, SkipValidation = true }))
            JsonSerializer.Serialize(writer, data, json.GetTypeInfo(typeof(T)));
        written.Write("\n\n"u8);
        await WriteAsync(written.WrittenMemory, cancellationToken);
    }

    /// <summary>Sends an event without name and number, as protocols that were made by others want it.</summary>
    /// <param name="data">Without line breaks.</param>
    public Task SendTextAsync(string data, CancellationToken cancellationToken) => WriteAsync(Encoding.UTF8.GetBytes($"data: {data}\n\n"), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await heartbeats;
        ended.Dispose();
        turn.Dispose();
    }

    private async Task KeepAliveAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(HeartbeatInterval, clock);
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await WriteAsync(Heartbeat, cancellationToken);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // The stream ended, or the client is gone: whoever sends the next event learns it.
        }
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            await response.Body.WriteAsync(bytes, cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }
}
